-- What a commit has to tell beyond its room: the queue and the audit log. On one server it does so itself. In a cluster
-- they lie in another slot: the commit leaves it in the room's outbox, whoever asked carries it over, and a sweep
-- carries what was left behind (store/redis/carrier.cpp). An entry stays for a while after that, so that what the other
-- slot's server lost in a fail-over is carried again.
local CARRIED = shared_key('carried')
local KEPT_MS, REMEMBERED_MS = 60000, 7 * 86400000

-- Each effect: {'case', what queue_case takes} or {'audit', entries}.
local function apply(effects)
    for _, each in ipairs(effects) do
        if each[1] == 'case' then queue_case(unpack(each, 2)) else append_audit(each[2]) end
    end
end

-- Where it lies and what it is, for whoever carries it.
local function put_out(room, effects)
    local raw = packed(effects)
    return redis.call('XADD', room_key(room, 'outbox'), '*', 'e', raw), raw
end

-- As sent: room, id in its outbox, the entry. Carried once, however often it is sent.
writes('carry', function(take)
    local room, id, effects = take.text(), take.text(), unpacked(take.text())[2]
    local now = now_ms()
    local name = room .. ':' .. id
    if not redis.call('ZSCORE', CARRIED, name) then
        apply(effects)
        redis.call('ZADD', CARRIED, now, name)
    end
    redis.call('ZREMRANGEBYSCORE', CARRIED, '-inf', now - REMEMBERED_MS)
    return ok()
end)

reads('room_ids', function() return ok(redis.call('SMEMBERS', ROOMS)) end)

reads('outbox', function(take)
    local out = {}
    for i, entry in ipairs(redis.call('XRANGE', room_key(take.text(), 'outbox'), '-', '+', 'COUNT', 1000)) do
        out[i] = {entry[1], entry[2][2]}
    end
    return ok(out)
end)

-- What was carried up to `id`, and is old enough.
writes('clear_outbox', function(take)
    local outbox, id = room_key(take.text(), 'outbox'), take.text()
    local before = string.format('%.0f', now_ms() - KEPT_MS)
    for _, entry in ipairs(redis.call('XRANGE', outbox, '-', id, 'COUNT', 1000)) do
        if tonumber(string.match(entry[1], '^%d+')) < tonumber(before) then redis.call('XDEL', outbox, entry[1]) end
    end
    return ok()
end)
