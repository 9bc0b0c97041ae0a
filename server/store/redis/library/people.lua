-- People, their names and their sessions.
local STAFF, HEALTH = shared_key('staff'), shared_key('health')

local ACCOUNT = {'id', 'name', 'role', 'password_hash', 'disabled', 'created_at', 'version'}

local function account_row(who)
    local row = {}
    for i, field in ipairs(ACCOUNT) do row[i] = who[field] end
    return row
end

-- As sent: id, name, role, password's hash, signs in, disabled, created at, name as it is compared, version.
local function take_account(take)
    return {
        id = take.text(), name = take.text(), role = take.text(), password_hash = take.text(), signs_in = take.text(),
        disabled = take.text(), created_at = take.text(), folded = take.text(), version = take.number(),
    }
end

local function name_taken(who)
    local owner = who.signs_in == '1' and redis.call('HGET', STAFF, who.folded)
    return owner and owner ~= who.id
end

local function put_account(who)
    redis.call('HSET', person_key(who.id), 'v', FORMAT, 'id', who.id, 'name', who.name, 'role', who.role,
               'password_hash', who.password_hash, 'signs_in', who.signs_in, 'disabled', who.disabled,
               'created_at', who.created_at, 'folded', who.folded, 'version', who.version)
    if who.signs_in == '1' then redis.call('HSET', STAFF, who.folded, who.id) end
end

local function refuse_account(who)
    if name_taken(who) then return refuse('conflict', 'name', 'a staff account has this name') end
    if exists(person_key(who.id)) then return refuse('conflict', 'id', 'somebody has this id') end
end

local function end_sessions_of(user)
    local index = shared_key('sessions-of:' .. user)
    for _, token in ipairs(redis.call('ZRANGE', index, 0, -1)) do redis.call('DEL', shared_key('session:' .. token)) end
    redis.call('DEL', index)
end

-- As sent: token's hash, user, expires at, link, when to forget it, now.
local function take_session(take)
    return {
        token = take.text(), user = take.text(), expires_at = take.text(), link = take.text(),
        gone_at = take.text(), now = take.text(),
    }
end

local function put_session(session)
    local key, index = shared_key('session:' .. session.token), shared_key('sessions-of:' .. session.user)
    redis.call('SET', key, packed(session.user, tonumber(session.expires_at), session.link))
    redis.call('PEXPIREAT', key, session.gone_at)
    redis.call('ZADD', index, session.gone_at, session.token)
    redis.call('ZREMRANGEBYSCORE', index, '-inf', session.now)
end

writes('add_account', function(take)
    local who = take_account(take)
    local why = refuse_account(who)
    if why then return why end
    who.version = 1
    put_account(who)
    return ok(account_row(who))
end)

writes('update_account', function(take)
    local who = take_account(take)
    local before = document(person_key(who.id))
    if not before then return refuse('not_found', 'id', 'no such person') end
    if tonumber(before.version) ~= who.version then
        return refuse('conflict', 'version', 'the account has changed meanwhile')
    end
    if name_taken(who) then return refuse('conflict', 'name', 'a staff account has this name') end
    if before.signs_in == '1' then redis.call('HDEL', STAFF, before.folded) end
    who.created_at, who.version = before.created_at, who.version + 1
    put_account(who)
    if who.disabled == '1' then end_sessions_of(who.id) end
    return ok(account_row(who)), changed()
end)

reads('find_account', function(take)
    local id = redis.call('HGET', STAFF, take.text())
    if not id then return refuse('not_found', 'name', 'no such account') end
    return ok(account_row(document(person_key(id))))
end)

reads('find_account_by_id', function(take)
    local who = document(person_key(take.text()))
    if not who then return refuse('not_found', 'id', 'no such person') end
    return ok(account_row(who))
end)

reads('list_accounts', function()
    local out = {}
    for _, id in ipairs(redis.call('HVALS', STAFF)) do out[#out + 1] = account_row(document(person_key(id))) end
    return ok(out)
end)

writes('add_session', function(take)
    local session = take_session(take)
    if not exists(person_key(session.user)) then return refuse('not_found', 'user', 'no such person') end
    if exists(shared_key('session:' .. session.token)) then
        return refuse('conflict', 'token', 'this token is in use')
    end
    put_session(session)
    return ok()
end)

reads('find_session', function(take)
    local token, at = take.text(), take.number()
    local found = unpacked(redis.call('GET', shared_key('session:' .. token)))
    if not found or found[3] <= at then return refuse('unauthenticated', 'token', 'no such session') end
    local who = document(person_key(found[2]))
    if not who or who.disabled == '1' then return refuse('unauthenticated', 'token', 'no such session') end
    return ok(found[2], found[3], found[4], who.name, who.role)
end)

writes('end_session', function(take)
    local token = take.text()
    local key = shared_key('session:' .. token)
    local found = unpacked(redis.call('GET', key))
    if found then
        redis.call('DEL', key)
        redis.call('ZREM', shared_key('sessions-of:' .. found[2]), token)
    end
    return ok()
end)

-- The newest format that any server on this data writes. Older ones are to end then.
local function refuse_older()
    local newest = redis.call('GET', shared_key('format')) or 0
    if is_newer(newest) then
        return refuse('try_later', '', 'its data is of a newer version of hearth (format ' .. newest ..
                      ', this one knows ' .. FORMAT .. ')')
    end
end

writes('begin', function()
    local why = refuse_older()
    if why then return why end
    redis.call('SET', shared_key('format'), FORMAT)
    return ok()
end)

writes('check', function(take)
    local why = refuse_older()
    if why then return why end
    redis.call('INCR', HEALTH)
    return ok(), take.flag() and changed()
end)
