-- Review cases: what the queue filters and sorts by, packed with a document for the rest.
-- {format, room, seq, author, state, lane, settled, rank, opened at, version, seq of a new card, document}
local ROOM_OF, SEQ, AUTHOR, STATE, LANE, SETTLED, RANK, OPENED_AT, VERSION, CARD_SEQ, DOCUMENT =
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
local QUEUE, CASE_ROOMS = shared_key('queue'), shared_key('case-rooms')
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

-- A case that was not there before, and all that leads to it.
local function enter_case(id, case)
    local room = case[ROOM_OF]
    put_case(id, case)
    redis.call('HSET', CASE_ROOMS, id, room)
    redis.call('HSET', room_key(room, 'case-of'), field_of(case[SEQ]), id)
    redis.call('HINCRBY', room_key(room, 'cases-of'), case[AUTHOR], 1)
    redis.call('ZADD', QUEUE, 0, place_of(id, case))
end

local function open_case(room, opened, first_seq)
    local seq = opened.seq == 0 and first_seq or opened.seq
    enter_case(opened.id, {FORMAT, room, seq, opened.author, opened.state, opened.lane, opened.settled, opened.rank,
                           opened.opened_at, 1, 0, opened.document})
end

local function change_case(room, changed, card_seq)
    local case = get_case(room, changed.id)
    redis.call('ZREM', QUEUE, place_of(changed.id, case))
    case[STATE], case[LANE], case[SETTLED], case[RANK] = changed.state, changed.lane, changed.settled, changed.rank
    case[VERSION], case[CARD_SEQ], case[DOCUMENT] = case[VERSION] + 1, card_seq, changed.document
    put_case(changed.id, case)
    redis.call('ZADD', QUEUE, 0, place_of(changed.id, case))
end

local function answer_case(id, room)
    local case = id and room and get_case(room, id)
    if not case then return refuse('not_found', 'case', 'no such case') end
    return ok(case_row(id, case))
end

reads('find_case', function(take)
    local id = take.text()
    return answer_case(id, redis.call('HGET', CASE_ROOMS, id))
end)

reads('find_case_of', function(take)
    local room, seq = take.text(), take.number()
    return answer_case(redis.call('HGET', room_key(room, 'case-of'), field_of(seq)), room)
end)

reads('list_cases', function(take)
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
            local case = get_case(redis.call('HGET', CASE_ROOMS, id), id)
            if (not state or case[STATE] == state) and (not lane or case[LANE] == lane) and
                (not room or case[ROOM_OF] == room) then out[#out + 1] = case_row(id, case) end
        end
        if #places < 100 then break end
    end
    return ok(out, cursor)
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
