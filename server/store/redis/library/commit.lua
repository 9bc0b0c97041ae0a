-- The atomic commit: all or nothing, the events of one act in one room with everything that must not exist without
-- them. Everything that can refuse is asked first; from there on nothing can fail.
--
-- One call brings all units that were waiting (store/redis/lane.cpp), in the order in which they were asked. Each is
-- answered by itself. What they have in common is read and written once.
local function take_unit(take)
    local unit = {given = take_facts(take), room = take.text(), speaker = take.maybe(), staff = take.flag(),
                  open = take.flag(), at = take.number(), events = {}, rewrites = {}, standings = {}, audit = {}}
    if take.flag() then unit.pace = take_pace(take) end
    for i = 1, take.number() do unit.events[i] = take_event(take) end
    unit.plain = not take.flag()
    if unit.plain then return unit end
    for i = 1, take.number() do unit.rewrites[i] = {target = take.number(), text = take.maybe()} end
    if take.flag() then unit.opened = take_case(take) end
    if take.flag() then unit.changed = take_case(take) end
    -- A change of standing: unset, lifted ("-") or until an instant ("+ms"), the latter two behind a "+".
    for i = 1, take.number() do
        unit.standings[i] = {user = take.text(), muted = take.maybe(), banned = take.maybe()}
    end
    unit.audit = take_audit(take)
    return unit
end

-- What a room's units of one call share: its log, what is known of those who speak and how they stand, dedupe keys and
-- their seqs, what is to be told.
local function open_room(room)
    return {log = open_log(room), facts = {}, standings = {}, fields = {}, seqs = {}, written = {}}
end

local function look_up_keys(opened)
    local fields, key = opened.fields, room_key(opened.log.room, 'keys')
    for from = 1, #fields, 1000 do
        local last = math.min(from + 999, #fields)
        for i, seq in ipairs(redis.call('HMGET', key, unpack(fields, from, last))) do
            opened.seqs[fields[from + i - 1]] = seq
        end
    end
end

local function people_of(unit)
    local people = {}
    for i, each in ipairs(unit.standings) do people[i] = each.user end
    return people
end

local function facts_of(unit, opened)
    if unit.given then return unit.given end
    local speaker = unit.speaker or ''
    local facts = #unit.standings == 0 and opened.facts[speaker]
    if facts then return facts end
    opened.archived = opened.archived or is_archived(unit.room)
    facts = facts_about(unit.room, unit.speaker, people_of(unit), opened.archived)
    if #unit.standings == 0 then opened.facts[speaker] = facts end
    return facts
end

local function standing_of(unit, opened)
    local speaker = unit.speaker
    local known = opened.standings[speaker]
    if not known then
        local muted, banned, erased =
            unpack(redis.call('HMGET', standing_key(unit.room, speaker), 'muted', 'banned', 'erased'))
        known = {muted = tonumber(muted or 0), banned = tonumber(banned or 0), erased = erased}
        opened.standings[speaker] = known
    end
    return known
end

local function refuse_speaker(unit, facts, opened)
    local standing = standing_of(unit, opened)
    if facts.disabled == '1' or standing.erased then
        return refuse('unauthenticated', '', 'the account is disabled')
    end
    if standing.banned > unit.at then return refuse('banned', '', field_of(standing.banned)) end
    if facts.member ~= '1' and not unit.staff and not unit.open then return refuse('not_a_member', 'room', 'no member') end
    if standing.muted > unit.at then return refuse('muted', '', field_of(standing.muted)) end
end

local function refuse_opened(unit)
    local opened = unit.opened
    if opened.seq == 0 and #unit.events == 0 then return refuse('bad_request', 'seq', 'a case of no message') end
    if opened.seq ~= 0 and not words_of(unit.room, opened.seq) then
        return refuse('not_found', 'seq', 'no such message')
    end
    if redis.call('HEXISTS', room_key(unit.room, 'cases'), opened.id) == 1 or
        redis.call('HEXISTS', room_key(unit.room, 'case-of'), field_of(opened.seq)) == 1 then
        return refuse('conflict', 'case', 'there is a case already')
    end
end

local function refuse_changed(unit)
    local case = get_case(unit.room, unit.changed.id)
    if not case then return refuse('not_found', 'case', 'no such case') end
    if case[VERSION] ~= unit.changed.version then
        return refuse('conflict', 'version', 'the case has changed meanwhile')
    end
end

local function refuse_unit(unit, facts, opened)
    local why
    if unit.speaker then
        if facts.archived == '1' then return refuse('unknown_room', 'room', 'the room is closed') end
        why = refuse_speaker(unit, facts, opened)
    end
    for _, each in ipairs(unit.rewrites) do
        if why then return why end
        local words = words_of(unit.room, each.target)
        if not words then return refuse('not_found', 'seq', 'no such message') end
        if not words[TEXT] and each.text then return refuse('conflict', 'seq', 'the text is gone for good') end
    end
    why = why or unit.opened and refuse_opened(unit)
    why = why or unit.changed and refuse_changed(unit)
    if not why and facts.known ~= '1' then return refuse('not_found', 'user', 'no such person') end
    return why
end

-- What an earlier commit made of one of these keys; else whether the unit itself has one key twice.
local function find_repeated(unit, opened)
    local own, twice = {}, false
    for _, e in ipairs(unit.events) do
        local field = e.field
        if field then
            local seq = opened.seqs[field]
            if seq then
                write_log(opened.log)
                return event_at(unit.room, tonumber(seq))
            end
            twice = twice or own[field]
            own[field] = true
        end
    end
    return nil, twice
end

local function change_standing(room, change)
    local key = standing_key(room, change.user)
    redis.call('HSET', key, 'v', FORMAT)
    for field, value in pairs({muted = change.muted, banned = change.banned}) do
        if value == '-' then redis.call('HDEL', key, field)
        else redis.call('HSET', key, field, string.sub(value, 2)) end
    end
end

-- What the other processes hear: the events themselves, so that nobody has to read them; who is banned from now on; the
-- case that was opened or changed. Units that have events only are told together.
local function news_of(own, units, count)
    local first = units[1]
    local case = first.opened or first.changed
    local out = {own, 'room', first.room, case and case.id or false, first.opened and '1' or '0',
                 field_of(#first.standings)}
    local n = 6
    for _, each in ipairs(first.standings) do
        out[n + 1], out[n + 2] = each.user, each.banned and each.banned ~= '-' and '1' or '0'
        n = n + 2
    end
    out[n + 1] = field_of(count)
    n = n + 1
    for _, unit in ipairs(units) do
        for _, e in ipairs(unit.events) do
            out[n + 1], out[n + 2], out[n + 3], out[n + 4], out[n + 5] = e.seq, e.type, e.seen_by, e.at, e.author
            out[n + 6], out[n + 7], out[n + 8], out[n + 9], out[n + 10] = e.name, e.role, e.key, e.target, e.fields
            out[n + 11], out[n + 12], out[n + 13] = e.text or false, e.edited, e.ack
            n = n + 13
        end
    end
    return netstrings(out)
end

local function tell_all(rooms, channel, own)
    if not others_listen(channel, own) then return end
    for _, opened in ipairs(rooms) do
        local together, count = {}, 0
        local function tell()
            if #together > 0 then redis.call('PUBLISH', channel, news_of(own, together, count)) end
            together, count = {}, 0
        end
        for _, unit in ipairs(opened.written) do
            if not unit.plain then tell() end
            together[#together + 1], count = unit, count + #unit.events
            if not unit.plain then tell() end
        end
        tell()
    end
end

local function commit_unit(unit, opened)
    local room, log = unit.room, opened.log
    if not unit.plain then write_log(log) end
    local facts = facts_of(unit, opened)
    if facts.archived == '' then return refuse('unknown_room', 'room', 'no such room') end
    -- What was acknowledged once stays so, whatever its author's standing has become.
    local first, twice = find_repeated(unit, opened)
    if first then
        -- A WAIT after this asks for what this connection wrote last (newer Redis than 7.0), so it has to write something.
        redis.call('HSET', room_key(room, 'head'), 'v', FORMAT)
        return {'repeated', first}
    end
    local why = refuse_unit(unit, facts, opened)
    if why then return why end
    if twice then return refuse('internal', 'key', 'one key twice in a unit') end
    local use
    if unit.pace then why, use = ask_for_use(room_key(room, 'pace:' .. unit.speaker), unit.pace) end
    if why then return why end

    if use then use() end

    local before = log.head or begin_append(room)
    for i, e in ipairs(unit.events) do
        e.seq = append_event(log, before + i, e)
        if e.field then opened.seqs[e.field] = e.seq end
    end
    if not unit.plain then write_log(log) end
    for _, each in ipairs(unit.rewrites) do rewrite(room, each.target, each.text) end
    local first_seq = #unit.events > 0 and before + 1 or 0
    local effects = {}
    if unit.changed then effects[#effects + 1] = change_case(room, unit.changed, first_seq) end
    if unit.opened then effects[#effects + 1] = open_case(room, unit.opened, first_seq) end
    for _, each in ipairs(unit.standings) do
        change_standing(room, each)
        opened.standings[each.user] = nil
    end
    if #unit.audit > 0 then effects[#effects + 1] = {'audit', unit.audit} end
    opened.written[#opened.written + 1] = unit
    local answer = ok(field_of(before + 1), #unit.events)
    if #effects > 0 then
        if unit.given then answer[4], answer[5] = put_out(room, effects) else apply(effects) end
    end
    return answer
end

writes('commit', function(take, channel, own)
    local units, rooms, opened, answers = {}, {}, {}, {}
    for i = 1, take.number() do
        local unit = take_unit(take)
        local room = opened[unit.room]
        if not room then
            room = open_room(unit.room)
            opened[unit.room], rooms[#rooms + 1] = room, room
        end
        for _, e in ipairs(unit.events) do
            if e.key ~= '' then
                e.field = key_field(e.author, e.key)
                room.fields[#room.fields + 1] = e.field
            end
        end
        units[i] = unit
    end
    for _, room in ipairs(rooms) do look_up_keys(room) end
    for i, unit in ipairs(units) do
        local done, answer = pcall(commit_unit, unit, opened[unit.room])
        answers[i] = done and answer or redis.error_reply(answer.err or answer)
    end
    for _, room in ipairs(rooms) do write_log(room.log) end
    pcall(tell_all, rooms, channel, own)
    return answers
end)
