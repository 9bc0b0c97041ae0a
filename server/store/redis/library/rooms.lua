-- Rooms and who stands how in them. What a room is and who its members are belongs to no room's slot: it is asked for
-- together with what is known of people (facts.lua). How somebody is muted, banned and has accepted the rules does.
local ROOMS, SLUGS = shared_key('rooms'), shared_key('slugs')

local ROOM = {'id', 'slug', 'title', 'kind', 'topic', 'languages', 'open', 'rules', 'rules_version', 'epoch',
              'archived', 'created_at', 'version'}

local function room_row(room)
    local row = {}
    for i, field in ipairs(ROOM) do row[i] = room[field] end
    return row
end

local function room_document(id) return shared_key('room:' .. id) end
local function find_room(id) return document(room_document(id)) end

local function put_room(room)
    local fields = {'v', FORMAT}
    for _, field in ipairs(ROOM) do
        fields[#fields + 1] = field
        fields[#fields + 1] = room[field]
    end
    redis.call('HSET', room_document(room.id), unpack(fields))
    if room.archived == '1' then
        if redis.call('HGET', SLUGS, room.slug) == room.id then redis.call('HDEL', SLUGS, room.slug) end
    else
        redis.call('HSET', SLUGS, room.slug, room.id)
    end
end

-- As sent: id, slug, title, kind, topic, languages, open, rules, version of the rules, epoch, archived, created at,
-- version.
local function take_room(take)
    return {
        id = take.text(), slug = take.text(), title = take.text(), kind = take.text(), topic = take.text(),
        languages = take.text(), open = take.text(), rules = take.text(), rules_version = take.number(),
        epoch = take.text(), archived = take.text(), created_at = take.text(), version = take.number(),
    }
end

writes('add_room', function(take)
    local room, audit = take_room(take), take_audit(take)
    if room.archived == '0' and redis.call('HEXISTS', SLUGS, room.slug) == 1 then
        return refuse('conflict', 'slug', 'a room has this slug')
    end
    room.id = string.format('%.0f', redis.call('INCR', shared_key('last-room')))
    room.version = 1
    if room.rules ~= '' then room.rules_version = math.max(room.rules_version, 1) end
    put_room(room)
    if not in_cluster() then begin_log(room.id) end  -- else whoever asks has it begun where the room lies
    redis.call('SADD', ROOMS, room.id)
    append_audit(audit)
    return ok(room_row(room))
end)

writes('update_room', function(take)
    local room, audit = take_room(take), take_audit(take)
    local before = find_room(room.id)
    if not before then return refuse('unknown_room', 'room', 'no such room') end
    if tonumber(before.version) ~= room.version then
        return refuse('conflict', 'version', 'the room has changed meanwhile')
    end
    if before.archived == '1' and room.archived == '0' and redis.call('HEXISTS', SLUGS, before.slug) == 1 then
        return refuse('conflict', 'slug', 'another room has this slug now')
    end
    local rules_version = tonumber(before.rules_version)
    if room.rules == before.rules then
        room.rules_version = rules_version
    else
        room.rules_version = math.max(room.rules_version, rules_version + 1)
    end
    room.slug, room.epoch, room.created_at = before.slug, before.epoch, before.created_at
    room.version = room.version + 1
    put_room(room)
    append_audit(audit)
    return ok(room_row(room)), changed()
end)

reads('find_room', function(take)
    local id = redis.call('HGET', SLUGS, take.text())
    if not id then return refuse('unknown_room', 'room', 'no such room') end
    return ok(room_row(find_room(id)))
end)

local function room_rows(ids, wanted)
    local out = {}
    for _, id in ipairs(ids) do
        local room = find_room(id)
        if wanted(room) then out[#out + 1] = room_row(room) end
    end
    return out
end

reads('list_rooms', function()
    return ok(room_rows(redis.call('SMEMBERS', ROOMS), function() return true end))
end)

local function member_in(user) return shared_key('rooms-of:' .. user) end
local function make_member(room, user) redis.call('SADD', member_in(user), room) end
local function is_member(room, user) return redis.call('SISMEMBER', member_in(user), room) == 1 end

reads('rooms_of', function(take)
    local ids = redis.call('SMEMBERS', member_in(take.text()))
    return ok(room_rows(ids, function(room) return room.archived == '0' end))
end)
