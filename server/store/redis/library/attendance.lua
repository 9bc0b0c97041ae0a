-- Who is in a room through which process. Each process answers for its own people and for a while only: one that does
-- not report again in time is taken out by whoever reports next. Of a room: `nodes` (a hash: v, version, n:PROCESS →
-- when it is over), `here:PROCESS` (a hash: person → name and role), `present` (a hash: person → through how many).
local ATTENDANCE_KEPT = 600000  -- ms, when nobody is left who would take the rest out

local function here_key(room, process) return room_key(room, 'here:' .. process) end

local function add_present(room, process, who)
    if redis.call('HSET', here_key(room, process), who.id, packed(who.name, who.role)) == 0 then return false end
    redis.call('HINCRBY', room_key(room, 'present'), who.id, 1)
    return true
end

local function remove_present(room, process, user)
    if redis.call('HDEL', here_key(room, process), user) == 0 then return false end
    local present = room_key(room, 'present')
    if redis.call('HINCRBY', present, user, -1) <= 0 then redis.call('HDEL', present, user) end
    return true
end

-- Those whose time is over. A process that is late itself has no say: then it was Redis that stood still or was replaced,
-- and the others get the time for a report.
local function take_out_silent(room, nodes, own, now, lives)
    local late, any = nodes[own] and tonumber(nodes[own]) < now + lives / 2, false
    for field, over in pairs(nodes) do
        local process = string.match(field, '^n:(.*)$')
        if process and field ~= own and tonumber(over) < now then
            if late then
                redis.call('HSET', room_key(room, 'nodes'), field, now + lives / 2)
            else
                for _, user in ipairs(redis.call('HKEYS', here_key(room, process))) do
                    remove_present(room, process, user)
                end
                redis.call('HDEL', room_key(room, 'nodes'), field)
                nodes[field], any = nil, true
            end
        end
    end
    return any
end

-- Makes the report true; whether that changed anything.
local function apply_report(room, process, report)
    local changed, stays = false, {}
    for _, who in ipairs(report.came) do
        changed = add_present(room, process, who) or changed
        stays[who.id] = true
    end
    local gone = report.whole and redis.call('HKEYS', here_key(room, process)) or report.went
    for _, user in ipairs(gone) do
        if not stays[user] then changed = remove_present(room, process, user) or changed end
    end
    return changed
end

-- Who is there through others, by name where all together are few.
local function elsewhere(room, nodes, own, most_named)
    local all, processes, named, listed = redis.call('HLEN', room_key(room, 'present')), 0, {}, {}
    for field in pairs(nodes) do
        local process = string.match(field, '^n:(.*)$')
        if process and field ~= own then
            processes = processes + 1
            local flat = all <= most_named and redis.call('HGETALL', here_key(room, process)) or {}
            for i = 1, #flat, 2 do
                local value = unpacked(flat[i + 1])
                if not listed[flat[i]] then named[#named + 1] = {flat[i], value[2], value[3]} end
                listed[flat[i]] = true
            end
        end
    end
    return processes, all, named
end

writes('attend', function(take)
    local room, process, lives, most_named = take.text(), take.text(), take.number(), take.number()
    local report = {whole = take.flag(), known = take.text(), came = {}, went = {}}
    for i = 1, take.number() do report.came[i] = {id = take.text(), name = take.text(), role = take.text()} end
    for i = 1, take.number() do report.went[i] = take.text() end

    local at, own = room_key(room, 'nodes'), 'n:' .. process
    local nodes = document(at) or {version = '0'}
    if not report.whole and not nodes[own] then return ok(1) end
    local now = now_ms()
    local changed = take_out_silent(room, nodes, own, now, lives)
    changed = apply_report(room, process, report) or changed
    local mine = redis.call('HLEN', here_key(room, process))
    if mine > 0 then
        nodes[own] = true
        redis.call('HSET', at, own, now + lives)
    elseif nodes[own] then
        nodes[own] = nil
        redis.call('HDEL', at, own)
    end
    if changed then
        nodes.version = table.concat(redis.call('TIME'), '.')
        redis.call('HSET', at, 'v', FORMAT, 'version', nodes.version)
    end
    local news = changed and {'present', room} or nil
    for _, key in ipairs({at, room_key(room, 'present'), here_key(room, process)}) do
        redis.call('PEXPIRE', key, ATTENDANCE_KEPT)
    end
    if nodes.version == report.known then return ok(0, nodes.version, 1, 0, 0, {}), news end
    local processes, all, named = elsewhere(room, nodes, own, most_named)
    return ok(0, nodes.version, 0, processes, all - mine, named), news
end)
