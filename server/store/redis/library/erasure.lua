-- A person leaves, step by step: first nobody can speak as them, then room by room their words go, then their name in
-- cases. Every step may be repeated; store/redis/erasure.cpp walks them.
local ERASING = shared_key('erasing')  -- who is being erased, by the instant at which it was asked for

writes('close_person', function(take)
    local user, erased_name, at, resumed = take.text(), take.text(), take.text(), take.flag()
    local who = document(person_key(user))
    if not who then return refuse('not_found', 'user', 'no such person') end
    if resumed and not redis.call('ZSCORE', ERASING, user) then return refuse('not_found', 'user', 'erased by now') end
    if who.signs_in == '1' then redis.call('HDEL', STAFF, who.folded) end
    who.name, who.folded, who.password_hash, who.signs_in, who.disabled = erased_name, '', '', '0', '1'
    who.version = tonumber(who.version) + 1
    redis.call('ZADD', ERASING, 'NX', at, user)
    put_account(who)
    end_sessions_of(user)
    redis.call('DEL', member_in(user))
    return ok(redis.call('SMEMBERS', ROOMS)), changed()
end)

-- Whether it was a message that still had its text.
local function erase_event(room, seq, erased_name)
    local entry = redis.call('XRANGE', room_key(room, 'log'), id_of(seq), id_of(seq))[1]
    local _, kind = checked(entry)
    local words = words_of(room, seq)
    local was_there = kind == MESSAGE and words[TEXT]
    if kind == MESSAGE then rewrite_about(room, seq, nil) end
    -- A notice, and what an acknowledgement said of a message, can tell as much as the message did.
    words[TEXT], words[NAME], words[ACK] = false, erased_name, ''
    if kind == NOTICE then words[FIELDS] = '' end
    put_words(room, seq, words)
    return was_there
end

writes('erase_words', function(take)
    local room, user, erased_name = take.text(), take.text(), take.text()
    -- What is under way, and asked in a cluster before they were disabled, comes too late from here on.
    redis.call('HSET', standing_key(room, user), 'v', FORMAT, 'erased', '1')
    local messages = 0
    for _, of in ipairs({'said:', 'done:'}) do
        for _, seq in ipairs(redis.call('LRANGE', room_key(room, of .. user), 0, -1)) do
            if erase_event(room, tonumber(seq), erased_name) then messages = messages + 1 end
        end
    end
    return ok(messages)
end)

reads('cases_naming', function(take)
    local room, user = take.text(), take.text()
    local out, flat = {}, redis.call('HGETALL', room_key(room, 'cases'))
    for i = 1, #flat, 2 do
        local case = unpacked(flat[i + 1])
        if string.find(case[DOCUMENT], user, 1, true) then out[#out + 1] = case_row(flat[i], case) end
    end
    return ok(out)
end)

-- Stores a case's document from the version that was read; a conflict is read and tried again.
writes('amend_case', function(take)
    local room, id, version, document = take.text(), take.text(), take.number(), take.text()
    local case = get_case(room, id)
    if not case then return refuse('not_found', 'case', 'no such case') end
    if case[VERSION] ~= version then return refuse('conflict', 'version', 'the case has changed meanwhile') end
    case[VERSION], case[DOCUMENT] = version + 1, document
    put_case(id, case)
    return ok()
end)

-- The last step; whoever is the first to come here writes the audit entry.
writes('finish_erasing', function(take)
    local user, audit = take.text(), take_audit(take)
    if redis.call('ZREM', ERASING, user) == 1 then append_audit(audit) end
    return ok()
end)

-- Erasings asked for before then, which somebody has left unfinished.
reads('unfinished_erasings', function(take)
    local out, flat = {}, redis.call('ZRANGEBYSCORE', ERASING, '-inf', take.text(), 'WITHSCORES')
    for i = 1, #flat, 2 do out[#out + 1] = {flat[i], flat[i + 1]} end
    return ok(out)
end)
