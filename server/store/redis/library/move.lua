-- A whole community comes from another kind of store (store/records.hpp): each record as it was there, with its numbers
-- and versions. Every step may be repeated: what is there already is written anew, never twice, and what has gone from
-- the other store since goes from here.
local MOVE = shared_key('move')  -- what comes from where, and whether all of it is here

local function holds_anything()
    return exists(ROOMS) or exists(STAFF) or exists(AUDIT_HEAD) or exists(VARIANTS) or exists(shared_key('last-room'))
end

-- Whether an earlier try had begun.
writes('move_begin', function(take, channel, own)
    local source, last_room = take.text(), take.text()
    local move = document(MOVE)
    if move and move.source ~= source then return refuse('conflict', 'target', 'it holds another community') end
    if move and move.state == 'whole' then return refuse('conflict', 'target', 'all of it was moved here before') end
    if not move and holds_anything() then return refuse('conflict', 'target', 'it holds a community already') end
    if others_listen(channel, own) then return refuse('conflict', 'target', 'a server or another command uses it') end
    redis.call('HSET', MOVE, 'v', FORMAT, 'source', source, 'state', 'half')
    redis.call('SET', shared_key('last-room'), last_room)
    return ok(move and 1 or 0)
end)

writes('move_end', function()
    redis.call('HSET', MOVE, 'v', FORMAT, 'state', 'whole')
    return ok(), changed()
end)

-- "half", "whole", or "" where nothing was ever moved to.
reads('move_state', function()
    local move = document(MOVE)
    return ok(move and move.state or '')
end)

-- How each kind of record is written, and how it is read back by what names it. A row has the fields in the order in
-- which they are taken; false stands for none.
local function carry(kind, how)
    writes('move_' .. kind, function(take)
        for _ = 1, take.number() do how.put(take) end
        return ok()
    end)
    reads('moved_' .. kind, function(take)
        local rows = {}
        for i = 1, take.number() do rows[i] = how.row(take) or false end
        return ok(rows)
    end)
end

carry('rooms', {
    put = function(take)
        local room = take_room(take)
        local before = find_room(room.id)
        if before and redis.call('HGET', SLUGS, before.slug) == room.id then redis.call('HDEL', SLUGS, before.slug) end
        local invites = invites_of(room.id)
        for _, code in ipairs(redis.call('HVALS', invites)) do redis.call('DEL', invite_key(code)) end
        redis.call('DEL', invites)
        put_room(room)
        redis.call('SADD', ROOMS, room.id)
    end,
    row = function(take)
        local id = take.text()
        return redis.call('SISMEMBER', ROOMS, id) == 1 and room_row(find_room(id))
    end,
})

carry('people', {
    put = function(take)
        local who = take_account(take)
        local before = document(person_key(who.id))
        if before and before.signs_in == '1' then redis.call('HDEL', STAFF, before.folded) end
        end_sessions_of(who.id)
        put_account(who)
    end,
    row = function(take)
        local who = document(person_key(take.text()))
        return who and {who.id, who.name, who.role, who.password_hash, who.signs_in, who.disabled, who.created_at,
                        who.folded, who.version}
    end,
})

carry('standings', {
    put = function(take)
        local room, user, member, rules = take.text(), take.text(), take.text(), take.text()
        local muted, banned = take.maybe(), take.maybe()
        local key = standing_key(room, user)
        redis.call('DEL', key)
        redis.call('HSET', key, 'v', FORMAT, 'rules', rules)
        if muted then redis.call('HSET', key, 'muted', muted) end
        if banned then redis.call('HSET', key, 'banned', banned) end
        redis.call(member == '1' and 'SADD' or 'SREM', member_in(user), room)
    end,
    row = function(take)
        local room, user = take.text(), take.text()
        local found = document(standing_key(room, user))
        return found and {room, user, is_member(room, user) and '1' or '0', found.rules or '0', found.muted or false,
                          found.banned or false}
    end,
})

carry('sessions', {
    put = function(take) put_session(take_session(take)) end,
    row = function(take)
        local token = take.text()
        local found = unpacked(redis.call('GET', shared_key('session:' .. token)))
        return found and {token, found[2], string.format('%.0f', found[3]), found[4]}
    end,
})

carry('invites', {
    put = function(take) put_invite(take_invite(take)) end,
    row = function(take)
        local invite = document(invite_key(take.text()))
        return invite and invite_row(invite)
    end,
})

carry('events', {
    put = function(take)
        local room, seq = take.text(), take.number()
        local e = take_event(take)
        local head = head_of(room)
        if seq > head + 1 then error('an event before this one is missing') end
        if seq == head + 1 then
            local log = open_log(room)
            append_event(log, seq, e)
            return write_log(log)
        end
        put_words(room, seq, {FORMAT, e.name, e.fields, e.ack, e.edited, e.text or false})
    end,
    row = function(take)
        local room, seq = take.text(), take.number()
        local found = event_at(room, seq)
        if found then table.insert(found, 1, room) end
        return found
    end,
})

carry('cases', {
    put = function(take)
        local id = take.text()
        local case = {FORMAT, take.text(), take.number(), take.text(), take.text(), take.text(), take.number(),
                      take.number(), take.number(), take.number(), 0, take.text()}
        local before = get_case(case[ROOM_OF], id)
        if before then put_case(id, case) else enter_case(id, case) end
        apply({case_effect(id, case)})
    end,
    row = function(take)
        local id = take.text()
        local room = room_of_case(id)
        local case = room and get_case(room, id)
        return case and {id, case[ROOM_OF], case[SEQ], case[AUTHOR], case[STATE], case[LANE], case[SETTLED],
                         string.format('%.0f', case[RANK]), string.format('%.0f', case[OPENED_AT]), case[VERSION],
                         case[DOCUMENT]}
    end,
})

carry('spellings', {
    put = function(take) put_variant(take_variant(take)) end,
    row = function(take)
        local word = take.text()
        local raw = redis.call('HGET', VARIANTS, word)
        return raw and variant_row(word, raw)
    end,
})

carry('audit', {
    put = function(take)
        local n, entry = take.text(), {take.text(), take.text(), take.text(), take.text(), take.text(), take.text()}
        local hash = take.text()
        if tonumber(n) > audit_head() then put_audit(n, entry, hash) end
    end,
    row = function(take)
        local id = take.text() .. '-0'
        local found = redis.call('XRANGE', AUDIT, id, id)[1]
        return found and audit_row(found)
    end,
})

-- How many there are of each kind that is counted anywhere.
reads('move_counts', function()
    local events, cases, invites = 0, 0, 0
    local rooms = redis.call('SMEMBERS', ROOMS)
    for _, room in ipairs(rooms) do
        events = events + redis.call('XLEN', room_key(room, 'log'))
        cases = cases + redis.call('HLEN', room_key(room, 'cases'))
        invites = invites + redis.call('HLEN', invites_of(room))
    end
    return ok(#rooms, invites, events, cases, redis.call('HLEN', VARIANTS), redis.call('XLEN', AUDIT))
end)
