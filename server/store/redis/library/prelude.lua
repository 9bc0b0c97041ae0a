-- What every function here stands on: arguments in order, answers, keys, the version of what is stored.
--
-- Keys. A room's all begin with hearth:{r<id>}: and so live in one slot; what belongs to no room begins with
-- hearth:{all}:. In a cluster a function touches keys of one of the two kinds only (facts.lua, outbox.lua), and its two
-- KEYS are of no use but to say where it runs: neither exists, so a slot that is being moved answers TRYAGAIN to all,
-- and no function finds half of its keys.
-- Nothing is written before everything that can refuse has been asked: a function that fails half way would leave the
-- half.
--
-- The number of the format is in every stored value. What is written with a higher whole number is not touched. A number
-- between (1.1) only adds at the end, or adds fields: it is read as far as it is known, and the rest is kept.
local FORMAT = 1
local VERSION_MARK = FORMAT .. ''  -- as Redis takes it: a number would be printed each time
local function is_newer(v) return math.floor(tonumber(v)) > FORMAT end
local function check_format(v)
    if is_newer(v) then error('written by a newer version of hearth') end
end

local function room_key(room, name) return 'hearth:{r' .. room .. '}:' .. name end
local function shared_key(name) return 'hearth:{all}:' .. name end
local function person_key(user) return shared_key('person:' .. user) end
local function standing_key(room, user) return room_key(room, 'standing:' .. user) end

-- Arguments are read one after another; an optional one is '-' or '+' and the value. One reader for all calls: Redis
-- runs one at a time, and making one for each would cost more than reading.
local arguments, at = nil, 0
local take = {}
function take.text()
    at = at + 1
    return arguments[at]
end
function take.number() return tonumber(take.text()) end
function take.flag() return take.text() == '1' end
function take.maybe()
    local text = take.text()
    if string.byte(text) == 43 then return string.sub(text, 2) end
    return nil
end
local function begin(args) arguments, at = args, 0 end

local function ok(...) return {'ok', ...} end
local function refuse(code, field, detail) return {'no', code, field, detail} end

local function packed(...) return cmsgpack.pack({FORMAT, ...}) end
local function unpacked(raw)
    if not raw then return nil end
    local value = cmsgpack.unpack(raw)
    check_format(value[1])
    return value
end

-- A hash as a table; nil when there is none.
local function document(key)
    local flat = redis.call('HGETALL', key)
    if #flat == 0 then return nil end
    local out = {}
    for i = 1, #flat, 2 do out[flat[i]] = flat[i + 1] end
    check_format(out.v)
    return out
end

local function exists(key) return redis.call('EXISTS', key) == 1 end

local function reads(name, body)
    redis.register_function {
        function_name = LIBRARY .. '_' .. name,
        callback = function(_, args)
            begin(args)
            return body(take)
        end,
        flags = {'no-writes'},
    }
end

-- Texts in one, each behind its length and ":"; "-:" for none (false). store/redis/news.cpp reads it.
local SIZE = {}  -- what stands before a text of so many bytes
for size = 0, 1000 do SIZE[size] = size .. ':' end
local function netstrings(texts)
    local out = {}
    for i = 1, #texts do
        local text = texts[i]
        if text then
            local size = #text
            out[2 * i - 1], out[2 * i] = SIZE[size] or size .. ':', text
        else
            out[2 * i - 1], out[2 * i] = '-', ':'
        end
    end
    return table.concat(out)
end

local cluster = nil  -- whether this server is part of one
local function in_cluster()
    if cluster == nil then cluster = string.find(redis.call('INFO', 'cluster'), 'cluster_enabled:1', 1, true) ~= nil end
    return cluster
end

-- Whether there are other processes: they listen to `channel`, and only the asking one to `own`. In a cluster they may
-- listen at other servers.
local function others_listen(channel, own)
    if in_cluster() then return true end
    local listening = redis.call('PUBSUB', 'NUMSUB', channel, own)
    return listening[2] ~= listening[4]
end

local function tell(channel, own, news)
    if not others_listen(channel, own) then return end
    table.insert(news, 1, own)
    redis.call('PUBLISH', channel, netstrings(news))
end

-- A function that changes something. The two channels come first among its arguments. The list that `body` returns as a
-- second value is told. By then all is written, so that nothing there may fail the call.
local function writes(name, body)
    redis.register_function(LIBRARY .. '_' .. name, function(_, args)
        begin(args)
        local channel, own = take.text(), take.text()
        local answer, news = body(take, channel, own)
        if news and answer[1] == 'ok' then pcall(tell, channel, own, news) end
        return answer
    end)
end

-- Rooms, people or standings are not what they were.
local function changed() return {'changed'} end
