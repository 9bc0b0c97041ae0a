-- A room's log. A stream holds what never changes, under ids that are the seqs; what may be rewritten or erased, the
-- words above all, lies beside it in a hash by seq, for an entry of a stream cannot be changed.
local MESSAGE, EDITED, RELEASED, NOTICE, SANCTION = '0', '1', '3', '5', '6'  -- as in core/event.hpp

local function id_of(seq) return string.format('%.0f-0', seq) end
local function seq_of(id) return tonumber(string.match(id, '^%d+')) end
local function field_of(seq) return string.format('%.0f', seq) end

-- As sent: type, who may see it, at, author's id, name and role, key, target, further members, text if any, edited,
-- ack.
local function take_event(take)
    return {
        type = take.text(), seen_by = take.text(), at = take.text(), author = take.text(), name = take.text(),
        role = take.text(), key = take.text(), target = take.text(), fields = take.text(), text = take.maybe(),
        edited = take.text(), ack = take.text(),
    }
end

-- What may change of an event: {format, author's name, further members, ack, edited, text or false}.
local NAME, FIELDS, ACK, WAS_EDITED, TEXT = 2, 3, 4, 5, 6

local function words_of(room, seq) return unpacked(redis.call('HGET', room_key(room, 'words'), field_of(seq))) end
local function put_words(room, seq, words)
    redis.call('HSET', room_key(room, 'words'), field_of(seq), cmsgpack.pack(words))
end

local function key_field(author, key) return author .. '\0' .. key end

-- What one call adds to a room's log: gathered, and written with one command for each key, since a command costs more
-- than what it does. Whoever reads what may be in it, and whoever ends, has it written first.
local MOST_GATHERED = 100
local function open_log(room)
    return {room = room, stream = room_key(room, 'log'), count = 0, words = {}, keys = {}, lists = {}}
end

local function write_log(log)
    if log.count == 0 then return end
    local room = log.room
    redis.call('HSET', room_key(room, 'words'), unpack(log.words))
    if #log.keys > 0 then redis.call('HSET', room_key(room, 'keys'), unpack(log.keys)) end
    for name, seqs in pairs(log.lists) do redis.call('RPUSH', room_key(room, name), unpack(seqs)) end
    redis.call('HSET', room_key(room, 'head'), 'v', VERSION_MARK, 'seq', field_of(log.head), 'history', this_history())
    log.count, log.words, log.keys, log.lists = 0, {}, {}, {}
end

local function append_event(log, seq, e)
    if log.count == MOST_GATHERED then write_log(log) end
    local room, field = log.room, field_of(seq)
    redis.call('XADD', log.stream, field .. '-0', 'v', VERSION_MARK, 'type', e.type, 'seen_by', e.seen_by,
               'at', e.at, 'author', e.author, 'role', e.role, 'key', e.key, 'target', e.target)
    local count, words = log.count, log.words
    log.count, log.head = count + 1, seq
    words[2 * count + 1], words[2 * count + 2] =
        field, cmsgpack.pack({FORMAT, e.name, e.fields, e.ack, e.edited, e.text or false})
    if e.key ~= '' then
        local keys = log.keys
        keys[#keys + 1], keys[#keys + 2] = key_field(e.author, e.key), field
    end
    if e.type == SANCTION then redis.call('HINCRBY', room_key(room, 'sanctions'), e.author, 1) end
    if e.type == EDITED or e.type == RELEASED then
        redis.call('RPUSH', room_key(room, 'about:' .. e.target), e.type .. ':' .. field)
    end
    -- So that erasing somebody finds all of it.
    local list = ((e.key ~= '' or e.type == MESSAGE) and 'said:' or 'done:') .. e.author
    local seqs = log.lists[list]
    if seqs then seqs[#seqs + 1] = field else log.lists[list] = {field} end
    return field
end

-- Only what still has a text: what is gone stays gone.
local function rewrite_one(room, seq, text, marks)
    local words = words_of(room, seq)
    if not words or not words[TEXT] then return end
    words[TEXT] = text or false
    if text and marks then words[WAS_EDITED] = '1' end
    put_words(room, seq, words)
end

local function rewrite_about(room, target, text)
    for _, each in ipairs(redis.call('LRANGE', room_key(room, 'about:' .. field_of(target)), 0, -1)) do
        local kind, seq = string.match(each, '^(%d+):(%d+)$')
        rewrite_one(room, tonumber(seq), text, kind == RELEASED)
    end
end

local function rewrite(room, target, text)
    rewrite_one(room, target, text, true)
    rewrite_about(room, target, text)
end

-- A stream's entry, checked; its values by place.
local function checked(entry)
    local f = entry[2]
    check_format(f[2])
    return seq_of(entry[1]), f[4], f[6], f[8], f[10], f[12], f[14], f[16]
end

local function event_row(entry, raw)
    local seq, kind, seen_by, at, author, role, key, target = checked(entry)
    local words = unpacked(raw)
    return {seq, kind, seen_by, at, author, words[NAME], role, key, target, words[FIELDS], words[TEXT],
            words[WAS_EDITED], words[ACK]}
end

local function event_at(room, seq)
    local entry = redis.call('XRANGE', room_key(room, 'log'), id_of(seq), id_of(seq))[1]
    return entry and event_row(entry, redis.call('HGET', room_key(room, 'words'), field_of(seq)))
end

-- core/event.hpp's visible(), for rows.
local function visible(seen_by, author, viewer, staff)
    return not viewer or seen_by == '0' or author == viewer or (staff and (seen_by == '1' or seen_by == '3'))
end

-- A page in one direction: up to `limit` events that `viewer` may see, and whether there is one more.
local function page(room, command, from, to, limit, viewer, staff)
    local log, words = room_key(room, 'log'), room_key(room, 'words')
    local out, more = {}, false
    while not more do
        local entries = redis.call(command, log, from, to, 'COUNT', limit + 1)
        local seen, fields = {}, {}
        for _, entry in ipairs(entries) do
            local seq, _, seen_by, _, author = checked(entry)
            if visible(seen_by, author, viewer, staff) then
                if #out + #seen == limit then
                    more = true
                    break
                end
                seen[#seen + 1], fields[#fields + 1] = entry, field_of(seq)
            end
        end
        for from_field = 1, #fields, 1000 do
            local last = math.min(from_field + 999, #fields)
            local raws = redis.call('HMGET', words, unpack(fields, from_field, last))
            for i, raw in ipairs(raws) do out[#out + 1] = event_row(seen[from_field + i - 1], raw) end
        end
        if #entries <= limit then break end
        from = '(' .. entries[#entries][1]
    end
    return ok(out, more and 1 or 0, head_of(room))
end

reads('events_after', function(take)
    local room, after, limit, viewer, staff = take.text(), take.text(), take.number(), take.maybe(), take.flag()
    return page(room, 'XRANGE', '(' .. after .. '-0', '+', limit, viewer, staff)
end)

reads('events_before', function(take)
    local room, before, limit, viewer, staff = take.text(), take.maybe(), take.number(), take.maybe(), take.flag()
    return page(room, 'XREVRANGE', before and '(' .. before .. '-0' or '+', '-', limit, viewer, staff)
end)

reads('find_event', function(take)
    local room, seq = take.text(), take.number()
    local found = event_at(room, seq)
    if not found then return refuse('not_found', 'seq', 'no such event') end
    return ok(found)
end)

reads('history_of', function(take)
    local room, user = take.text(), take.text()
    local function count(of) return redis.call('HGET', room_key(room, of), user) or '0' end
    return ok(redis.call('LLEN', room_key(room, 'said:' .. user)), count('cases-of'), count('sanctions'))
end)
