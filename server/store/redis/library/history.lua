-- Where a room's log begins and goes on: what its next seq is.
--
-- A room's last seq. Redis' history is another one after each start and each fail-over, and the newest entries of the log
-- may then be lost although people have seen them: the log goes on where no seq can mean two things. Ten seqs a millisecond
-- by the clock, since two histories may follow one another that both began where the same entries were left, and only the
-- time tells which came first; more a millisecond would be printed by Lua as 1e+14 one day. BEYOND_LOST is for a clock that
-- is behind the last primary's, and has to stay small: what is added goes ahead of the clock, and two histories from the
-- same entries that both begin ahead of it begin at the same place.
local BEYOND_LOST = 1000
local SECONDS_BEFORE = 1700000000
local history = nil  -- this server's, since the library was loaded, which each connection does

local function this_history()
    history = history or string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
    return history
end

local function head_of(room) return tonumber(redis.call('HGET', room_key(room, 'head'), 'seq') or 0) end

-- A new room, so that one whose first events were lost is not taken for one.
local function begin_log(room)
    if exists(room_key(room, 'head')) then return end
    redis.call('HSET', room_key(room, 'head'), 'v', VERSION_MARK, 'seq', '0', 'history', this_history())
end

-- What the next events come after.
local function begin_append(room)
    local seq, of = unpack(redis.call('HMGET', room_key(room, 'head'), 'seq', 'history'))
    if of == this_history() then return tonumber(seq) end
    seq = seq or 0
    local now = redis.call('TIME')
    local milliseconds = (tonumber(now[1]) - SECONDS_BEFORE) * 1000 + math.floor(tonumber(now[2]) / 1000)
    return math.max(tonumber(seq) + BEYOND_LOST, milliseconds * 10)
end

writes('begin_log', function(take)
    begin_log(take.text())
    return ok()
end)
