-- Review cases: what the queue filters and sorts by, packed with a document for the rest.
-- {format, room, seq, author, state, lane, settled, rank, opened at, version, seq of a new card, document}
local ROOM_OF, SEQ, AUTHOR, STATE, LANE, SETTLED, RANK, OPENED_AT, VERSION, CARD_SEQ, DOCUMENT =
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
local QUEUE, CASE_INDEX = shared_key('queue'), shared_key('case-index')
-- What lies with the queue, of each case: {format, room, version, state, lane, its place in the queue}
local IN_ROOM, AS_OF, IN_STATE, IN_LANE, PLACE = 2, 3, 4, 5, 6
local MOST_LOOKED_AT = 2000  -- for one page: a filter that fits few leaves the rest to the next page

local function get_case(room, id) return unpacked(redis.call('HGET', room_key(room, 'cases'), id)) end
local function put_case(id, case) redis.call('HSET', room_key(case[ROOM_OF], 'cases'), id, cmsgpack.pack(case)) end

-- The queue's order is its members': undecided first, rank and age rising. 2^52 keeps what is negative in order.
local function place_of(id, case)
    local shift = 4503599627370496
    return string.format('%d.%016.0f.%016.0f.%s', case[SETTLED], case[RANK] + shift, case[OPENED_AT] + shift, id)
end

local function case_row(id, case)
    return {id, case[ROOM_OF], case[SEQ], case[STATE], case[LANE], string.format('%.0f', case[RANK]),
            string.format('%.0f', case[OPENED_AT]), case[VERSION], case[CARD_SEQ], case[DOCUMENT]}
end

-- As sent: id, seq, author, state, lane, settled, rank, opened at, version, document.
local function take_case(take)
    return {
        id = take.text(), seq = take.number(), author = take.text(), state = take.text(), lane = take.text(),
        settled = take.number(), rank = take.number(), opened_at = take.number(), version = take.number(),
        document = take.text(),
    }
end

-- The queue is told by outbox.lua, maybe late, twice or out of turn: the newest version holds. The same version twice
-- with another content is told only when the room's server has lost the first: the second holds.
local function queue_case(id, room, version, state, lane, place)
    local known = unpacked(redis.call('HGET', CASE_INDEX, id))
    if known and known[AS_OF] > version then return end
    redis.call('HSET', CASE_INDEX, id, packed(room, version, state, lane, place))
    if known then redis.call('ZREM', QUEUE, known[PLACE]) end
    redis.call('ZADD', QUEUE, 0, place)
end

local function case_effect(id, case)
    return {'case', id, case[ROOM_OF], case[VERSION], case[STATE], case[LANE], place_of(id, case)}
end

-- A case that was not there before, and all in its room that leads to it.
local function enter_case(id, case)
    local room = case[ROOM_OF]
    put_case(id, case)
    redis.call('HSET', room_key(room, 'case-of'), field_of(case[SEQ]), id)
    redis.call('HINCRBY', room_key(room, 'cases-of'), case[AUTHOR], 1)
    return case_effect(id, case)
end

local function open_case(room, opened, first_seq)
    local seq = opened.seq == 0 and first_seq or opened.seq
    return enter_case(opened.id, {FORMAT, room, seq, opened.author, opened.state, opened.lane, opened.settled,
                                  opened.rank, opened.opened_at, 1, 0, opened.document})
end

local function change_case(room, changed, card_seq)
    local case = get_case(room, changed.id)
    case[STATE], case[LANE], case[SETTLED], case[RANK] = changed.state, changed.lane, changed.settled, changed.rank
    case[VERSION], case[CARD_SEQ], case[DOCUMENT] = case[VERSION] + 1, card_seq, changed.document
    put_case(changed.id, case)
    return case_effect(changed.id, case)
end

local function answer_case(id, room)
    local case = id and room and get_case(room, id)
    if not case then return refuse('not_found', 'case', 'no such case') end
    return ok(case_row(id, case))
end

local function room_of_case(id)
    local known = unpacked(redis.call('HGET', CASE_INDEX, id))
    return known and known[IN_ROOM]
end

reads('room_of_case', function(take)
    local room = room_of_case(take.text())
    if not room then return refuse('not_found', 'case', 'no such case') end
    return ok(room)
end)

-- The room is given where the index lies elsewhere.
reads('find_case', function(take)
    local id, room = take.text(), take.maybe()
    return answer_case(id, room or room_of_case(id))
end)

reads('find_case_of', function(take)
    local room, seq = take.text(), take.number()
    return answer_case(redis.call('HGET', room_key(room, 'case-of'), field_of(seq)), room)
end)

-- A page of the queue: {{id, room}, ...} and the cursor behind it.
local function queue_page(take)
    local state, lane, room, limit = take.maybe(), take.maybe(), take.maybe(), take.number()
    local from = take.maybe()
    from = from and '(' .. from or '-'
    local out, looked_at, cursor = {}, 0, ''
    while cursor == '' do
        local places = redis.call('ZRANGEBYLEX', QUEUE, from, '+', 'LIMIT', 0, 100)
        for _, place in ipairs(places) do
            if #out == limit or looked_at == MOST_LOOKED_AT then
                cursor = string.sub(from, 2)
                break
            end
            looked_at = looked_at + 1
            from = '(' .. place
            local id = string.match(place, '^%d%.%d+%.%d+%.(.*)$')
            local known = unpacked(redis.call('HGET', CASE_INDEX, id))
            if (not state or known[IN_STATE] == state) and (not lane or known[IN_LANE] == lane) and
                (not room or known[IN_ROOM] == room) then out[#out + 1] = {id, known[IN_ROOM]} end
        end
        if #places < 100 then break end
    end
    return out, cursor
end

reads('queue_page', function(take) return ok(queue_page(take)) end)

reads('list_cases', function(take)
    local out, cursor = queue_page(take)
    for i, each in ipairs(out) do out[i] = case_row(each[1], get_case(each[2], each[1])) end
    return ok(out, cursor)
end)

reads('cases_of', function(take)
    local room, out = take.text(), {}
    for _ = 1, take.number() do
        local id = take.text()
        local case = get_case(room, id)  -- lost in a fail-over, though the queue was told: not there
        if case then out[#out + 1] = case_row(id, case) end
    end
    return ok(out)
end)

local VARIANTS = shared_key('variants')

-- As sent: word, term, category, accepted, at, by.
local function take_variant(take)
    return {take.text(), take.text(), take.text(), take.text(), take.text(), take.text()}
end

local function put_variant(variant)
    redis.call('HSET', VARIANTS, variant[1], packed(unpack(variant, 2)))
end

local function variant_row(word, raw)
    local value = unpacked(raw)
    return {word, value[2], value[3], value[4], value[5], value[6]}
end

writes('decide_variant', function(take)
    local variant, audit = take_variant(take), take_audit(take)
    put_variant(variant)
    append_audit(audit)
    return ok()
end)

reads('list_variants', function()
    local out, flat = {}, redis.call('HGETALL', VARIANTS)
    for i = 1, #flat, 2 do out[#out + 1] = variant_row(flat[i], flat[i + 1]) end
    return ok(out)
end)
