-- Invites. Redeeming is one act: the use, the person, the membership and the session, or nothing.
local INVITE = {'code', 'id', 'room', 'uses_left', 'expires_at', 'created_at', 'created_by'}

local function invites_of(room) return shared_key('invites-of:' .. room) end
local function invite_key(code) return shared_key('invite:' .. code) end

local function invite_row(invite)
    local row = {}
    for i, field in ipairs(INVITE) do row[i] = invite[field] end
    return row
end

local function find_invite(code, at)
    local invite = document(invite_key(code))
    if invite and tonumber(invite.uses_left) > 0 and tonumber(invite.expires_at) > at and
        find_room(invite.room).archived == '0' then return invite end
    return nil, refuse('not_found', 'invite', 'unknown, used up or expired')
end

-- As sent: code's hash, id, room, uses left, expires at, created at, created by.
local function take_invite(take)
    local invite = {}
    for _, field in ipairs(INVITE) do invite[field] = take.text() end
    return invite
end

local function put_invite(invite)
    local fields = {'v', FORMAT}
    for _, field in ipairs(INVITE) do
        fields[#fields + 1] = field
        fields[#fields + 1] = invite[field]
    end
    redis.call('HSET', invite_key(invite.code), unpack(fields))
    redis.call('HSET', invites_of(invite.room), invite.id, invite.code)
end

local function take_use(code) redis.call('HINCRBY', invite_key(code), 'uses_left', -1) end

writes('add_invite', function(take)
    local invite = take_invite(take)
    local room = find_room(invite.room)
    if not room or room.archived == '1' then return refuse('unknown_room', 'room', 'no such room') end
    if exists(invite_key(invite.code)) or redis.call('HEXISTS', invites_of(invite.room), invite.id) == 1 then
        return refuse('conflict', 'code', 'this invite exists')
    end
    put_invite(invite)
    return ok()
end)

reads('find_invite', function(take)
    local code, at = take.text(), take.number()
    local invite, why = find_invite(code, at)
    if not invite then return why end
    return ok(invite_row(invite))
end)

reads('list_invites', function(take)
    local out = {}
    for _, code in ipairs(redis.call('HVALS', invites_of(take.text()))) do
        out[#out + 1] = invite_row(document(invite_key(code)))
    end
    return ok(out)
end)

writes('revoke_invite', function(take)
    local room, id = take.text(), take.text()
    local of_room = invites_of(room)
    local code = redis.call('HGET', of_room, id)
    if not code then return refuse('not_found', 'invite', 'no such invite') end
    redis.call('HDEL', of_room, id)
    redis.call('DEL', invite_key(code))
    return ok()
end)

writes('redeem_invite', function(take)
    local code, guest, session = take.text(), take_account(take), take_session(take)
    local invite, why = find_invite(code, tonumber(guest.created_at))
    if not invite then return why end
    if session.user ~= guest.id then return refuse('bad_request', 'session', 'a session of somebody else') end
    if exists(shared_key('session:' .. session.token)) then
        return refuse('conflict', 'token', 'this token is in use')
    end
    why = refuse_account(guest)
    if why then return why end
    guest.version = 1
    put_account(guest)
    take_use(code)
    make_member(invite.room, guest.id)
    put_session(session)
    return ok(invite.room)
end)

writes('redeem_invite_for', function(take)
    local code, user, at = take.text(), take.text(), take.number()
    local invite, why = find_invite(code, at)
    if not invite then return why end
    if not exists(person_key(user)) then return refuse('not_found', 'user', 'no such person') end
    if not is_member(invite.room, user) then
        take_use(code)
        make_member(invite.room, user)
    end
    return ok(invite.room)
end)
