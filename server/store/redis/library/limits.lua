-- So much per time: `burst` uses at once, then one each interval. What is kept is the instant at which all of them are there
-- again (GCRA); a key whose instant has come says nothing and is gone.
local function now_ms()
    local time = redis.call('TIME')
    return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- As sent: uses per minute, burst.
local function take_pace(take) return {interval = 60000 / take.number(), burst = take.number()} end

-- Why one more use is refused, with how many ms it will be; else a function that takes it.
local function ask_for_use(key, pace)
    local now = now_ms()
    local rested = math.max(tonumber(redis.call('GET', key) or 0), now) + pace.interval
    local early = rested - now - pace.burst * pace.interval
    if early > 0 then return refuse('rate_limited', '', string.format('%.0f', math.ceil(early))) end
    return nil, function()
        redis.call('SET', key, string.format('%.0f', rested), 'PX', string.format('%.0f', math.ceil(rested - now)))
    end
end

writes('take_use', function(take)
    local why, use = ask_for_use(shared_key('uses:' .. take.text()), take_pace(take))
    if why then return why end
    use()
    return ok()
end)

writes('give_back_use', function(take)
    local key, pace = shared_key('uses:' .. take.text()), take_pace(take)
    local rested, now = tonumber(redis.call('GET', key) or 0) - pace.interval, now_ms()
    if rested > now then
        redis.call('SET', key, string.format('%.0f', rested), 'PX', string.format('%.0f', math.ceil(rested - now)))
    else
        redis.call('DEL', key)
    end
    return ok()
end)
