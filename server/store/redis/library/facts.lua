-- What a room's functions must know that does not lie with the room. On one server they look it up themselves; in a
-- cluster it is asked before, and handed to them. What changes in between changes while they are under way, so they may
-- as well have come first.
local function is_archived(room) return redis.call('HGET', room_document(room), 'archived') or '' end
local function facts_about(room, speaker, people, archived)
    local facts = {archived = archived or is_archived(room), known = '1'}
    facts.disabled = speaker and redis.call('HGET', person_key(speaker), 'disabled') or '0'
    facts.member = speaker and is_member(room, speaker) and '1' or '0'
    for _, user in ipairs(people) do
        if not exists(person_key(user)) then facts.known = '0' end
    end
    return facts
end

-- As handed on: whether there are any; whether the room is archived ("": there is none), whether who speaks is disabled,
-- whether they are a member, whether all of the people are known.
local function take_facts(take)
    if not take.flag() then return nil end
    return {archived = take.text(), disabled = take.text(), member = take.text(), known = take.text()}
end

reads('facts', function(take)
    local room, speaker, people = take.text(), take.maybe(), {}
    for i = 1, take.number() do people[i] = take.text() end
    local facts = facts_about(room, speaker, people)
    return ok(facts.archived, facts.disabled, facts.member, facts.known)
end)

reads('find_membership', function(take)
    local facts, room, user = take_facts(take), take.text(), take.text()
    facts = facts or facts_about(room, user, {})
    local found = document(standing_key(room, user)) or {}
    return ok(facts.member, found.rules or '0', found.muted or false, found.banned or false)
end)

writes('accept_rules', function(take)
    local facts, room, user, version = take_facts(take), take.text(), take.text(), take.number()
    facts = facts or facts_about(room, nil, {user})
    if facts.archived ~= '0' then return refuse('unknown_room', 'room', 'no such room') end
    if facts.known ~= '1' then return refuse('not_found', 'user', 'no such person') end
    local key = standing_key(room, user)
    local accepted = tonumber(redis.call('HGET', key, 'rules') or 0)
    redis.call('HSET', key, 'v', FORMAT, 'rules', math.max(accepted, version))
    return ok()
end)
