-- /etc/haproxy/gatehouse.lua: `http-request lua.gatehouse HOST` asks Gatehouse about the call and lets it pass with who
-- is calling, or answers it. HOST is the one that the backend is for, whatever the caller wrote.

local verify = os.getenv("GATEHOUSE_VERIFY")

local identity = {
  "x-gatehouse-organization", "x-gatehouse-application", "x-gatehouse-credential",
  "x-gatehouse-client-id", "x-gatehouse-customer", "x-gatehouse-user", "x-gatehouse-scope",
  "x-gatehouse-authorization-details", "x-gatehouse-assertion",
}
local credentials = { "authorization", "x-api-key", "dpop" }
local told = {
  "www-authenticate", "dpop-nonce", "content-type", "retry-after", "cache-control", "vary", "x-request-id",
}

local function first(headers, name)
  local values = headers and headers[name]
  return values and values[0]
end

-- Nothing of the caller's request is passed on but its credentials and what HAProxy itself says of it.
local function question(txn, host)
  local asked = {
    ["x-forwarded-method"] = { txn.sf:method() },
    ["x-forwarded-uri"] = { txn.sf:pathq() },
    ["x-forwarded-host"] = { host },
    ["x-forwarded-proto"] = { txn.f:ssl_fc() == 1 and "https" or "http" },
    ["x-forwarded-for"] = { txn.sf:src() },
  }
  local sent = txn.http:req_get_headers()
  for _, name in ipairs(credentials) do
    if sent[name] then
      asked[name] = {}
      for _, value in pairs(sent[name]) do
        table.insert(asked[name], value)
      end
    end
  end
  -- HAProxy asks four times before it gives up, so this is five seconds in all.
  return { url = verify, headers = asked, timeout = 1250 }
end

local function refuse(txn, answer)
  local status = answer and answer.status
  local reply = txn:reply()
  if status == 401 or status == 403 or status == 503 then
    reply:set_status(status)
    for _, name in ipairs(told) do
      local value = first(answer.headers, name)
      if value then
        reply:add_header(name, value)
      end
    end
    reply:set_body(answer.body)
  else
    reply:set_status(503)
    reply:add_header("retry-after", "1")
    reply:add_header("cache-control", "no-store")
  end
  txn:done(reply)
end

core.register_action("gatehouse", { "http-req" }, function(txn, host)
  local answer = core.httpclient():get(question(txn, host))
  if not (answer and answer.status == 200 and first(answer.headers, "x-gatehouse-verdict")) then
    return refuse(txn, answer)
  end
  for _, name in ipairs(identity) do
    local value = first(answer.headers, name)
    if value and value ~= "" then
      txn.http:req_set_header(name, value)
    end
  end
  txn.http:req_set_header("x-request-id", first(answer.headers, "x-request-id") or "")
  txn:set_var("txn.gatehouse", "allowed")
end, 1)
