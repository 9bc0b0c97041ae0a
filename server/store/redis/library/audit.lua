-- The audit log: a stream whose ids are the entries' numbers. store/audit_chain.hpp says what a hash covers.
local function take_audit(take)
    local entries = {}
    for i = 1, take.number() do
        entries[i] = {take.text(), take.text(), take.text(), take.text(), take.text(), take.text()}
    end
    return entries
end

local AUDIT, AUDIT_HEAD = shared_key('audit'), shared_key('audit-head')

local function audit_head()
    local n, hash = unpack(redis.call('HMGET', AUDIT_HEAD, 'n', 'hash'))
    return tonumber(n or 0), hash or string.rep('0', 64)
end

-- Each entry: at, actor, actor's name, action, subject, detail.
local function put_audit(number, entry, hash)
    redis.call('XADD', AUDIT, number .. '-0', 'v', FORMAT, 'at', entry[1], 'actor', entry[2], 'name', entry[3],
               'action', entry[4], 'subject', entry[5], 'detail', entry[6], 'hash', hash)
    redis.call('HSET', AUDIT_HEAD, 'v', FORMAT, 'n', number, 'hash', hash)
end

local function append_audit(entries)
    if #entries == 0 then return end
    local n, hash = audit_head()
    for _, entry in ipairs(entries) do
        n = n + 1
        local number = string.format('%.0f', n)
        local canonical = {}
        for _, field in ipairs({hash, number, unpack(entry)}) do
            canonical[#canonical + 1] = #field .. ':' .. field .. '\n'
        end
        hash = hex_sha256(table.concat(canonical))
        put_audit(number, entry, hash)
    end
end

local function audit_row(row)
    local id, f = row[1], row[2]
    check_format(f[2])
    return {string.match(id, '^%d+'), f[4], f[6], f[8], f[10], f[12], f[14], f[16]}
end

writes('write_audit', function(take)
    append_audit(take_audit(take))
    return ok()
end)

reads('list_audit', function(take)
    local after, limit = take.text(), take.number()
    local out = {}
    for _, row in ipairs(redis.call('XRANGE', AUDIT, '(' .. after .. '-0', '+', 'COUNT', limit)) do
        out[#out + 1] = audit_row(row)
    end
    return ok(out)
end)
