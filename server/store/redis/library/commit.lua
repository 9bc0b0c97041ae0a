-- The atomic commit: all or nothing, the events of one act in one room with everything that must not exist without
-- them. Everything that can refuse is asked first; from there on nothing can fail.
local function take_unit(take)
    local unit = {room = take.text(), speaker = take.maybe(), staff = take.flag(), open = take.flag(),
                  at = take.number(), events = {}, rewrites = {}, standings = {}}
    for i = 1, take.number() do unit.events[i] = take_event(take) end
    for i = 1, take.number() do unit.rewrites[i] = {target = take.number(), text = take.maybe()} end
    if take.flag() then unit.opened = take_case(take) end
    if take.flag() then unit.changed = take_case(take) end
    -- A change of standing: unset, lifted ("-") or until an instant ("+ms"), the latter two behind a "+".
    for i = 1, take.number() do
        unit.standings[i] = {user = take.text(), muted = take.maybe(), banned = take.maybe()}
    end
    unit.audit = take_audit(take)
    if take.flag() then unit.pace = take_pace(take) end
    return unit
end

local function refuse_speaker(unit, facts)
    local muted, banned, erased =
        unpack(redis.call('HMGET', standing_key(unit.room, unit.speaker), 'muted', 'banned', 'erased'))
    if facts.disabled == '1' or erased then return refuse('unauthenticated', '', 'the account is disabled') end
    if banned and tonumber(banned) > unit.at then return refuse('banned', '', banned) end
    if facts.member ~= '1' and not unit.staff and not unit.open then return refuse('not_a_member', 'room', 'no member') end
    if muted and tonumber(muted) > unit.at then return refuse('muted', '', muted) end
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

local function people_of(unit)
    local people = {}
    for i, each in ipairs(unit.standings) do people[i] = each.user end
    return people
end

local function refuse_unit(unit, facts)
    local why
    if unit.speaker then
        if facts.archived == '1' then return refuse('unknown_room', 'room', 'the room is closed') end
        why = refuse_speaker(unit, facts)
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
local function find_repeated(unit)
    local keys, own, twice = room_key(unit.room, 'keys'), {}, false
    for _, e in ipairs(unit.events) do
        if e.key ~= '' then
            local field = key_field(e.author, e.key)
            local seq = redis.call('HGET', keys, field)
            if seq then return event_at(unit.room, tonumber(seq)) end
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
-- case that was opened or changed.
local function news_of(unit, before)
    local case = unit.opened or unit.changed
    local out = {'room', unit.room, case and case.id or false, unit.opened and 1 or 0, #unit.standings}
    local function add(...)
        for _, field in ipairs({...}) do out[#out + 1] = field end
    end
    for _, each in ipairs(unit.standings) do
        add(each.user, each.banned and each.banned ~= '-' and 1 or 0)
    end
    add(#unit.events)
    for i, e in ipairs(unit.events) do
        add(field_of(before + i), e.type, e.seen_by, e.at, e.author, e.name, e.role, e.key, e.target, e.fields,
            e.text or false, e.edited, e.ack)
    end
    return out
end

writes('commit', function(take)
    local given, unit = take_facts(take), take_unit(take)
    local room = unit.room
    local facts = given or facts_about(room, unit.speaker, people_of(unit))
    if facts.archived == '' then return refuse('unknown_room', 'room', 'no such room') end
    -- What was acknowledged once stays so, whatever its author's standing has become.
    local first, twice = find_repeated(unit)
    if first then
        -- A WAIT after this asks for what this connection wrote last (newer Redis than 7.0), so it has to write something.
        redis.call('HSET', room_key(room, 'head'), 'v', FORMAT)
        return {'repeated', first}
    end
    local why = refuse_unit(unit, facts)
    if why then return why end
    if twice then return refuse('internal', 'key', 'one key twice in a unit') end
    local use
    if unit.pace then why, use = ask_for_use(room_key(room, 'pace:' .. unit.speaker), unit.pace) end
    if why then return why end

    if use then use() end

    local before = begin_append(room)
    for i, e in ipairs(unit.events) do append_event(room, before + i, e) end
    if #unit.events > 0 then end_append(room, before + #unit.events) end
    for _, each in ipairs(unit.rewrites) do rewrite(room, each.target, each.text) end
    local first_seq = #unit.events > 0 and before + 1 or 0
    local effects = {}
    if unit.changed then effects[#effects + 1] = change_case(room, unit.changed, first_seq) end
    if unit.opened then effects[#effects + 1] = open_case(room, unit.opened, first_seq) end
    for _, each in ipairs(unit.standings) do change_standing(room, each) end
    if #unit.audit > 0 then effects[#effects + 1] = {'audit', unit.audit} end
    local answer = ok(field_of(before + 1), #unit.events)
    if #effects > 0 then
        if given then answer[4], answer[5] = put_out(room, effects) else apply(effects) end
    end
    return answer, function() return news_of(unit, before) end
end)
