-- Requests for build/load.sh: POST …/infer with texts of varied lengths, and at the end one line of JSON.
-- Arguments: the model, the texts of a request, the words of a text, and the milliseconds that a connection waits before each
-- request, the last two on average.

local words = {}
for word in ([[the a and of to is it in this that was as with for film movie but on you are not have be one at all by an who
from so like there or just about out good some what if more when very up time no even can great story my had really which only
see their well bad does made way people because get best acting never characters plot first much]]):gmatch("%S+") do
  words[#words + 1] = word
end

local threads = {}
local bodies = {}

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("id", #threads)
end

-- Lengths are distributed as those of reviews, log-normally: most are shorter than the average, a few much longer.
local spread = 0.6
local function text(average)
  local normal = math.sqrt(-2 * math.log(1 - math.random())) * math.cos(2 * math.pi * math.random())
  local length = math.max(1, math.floor(average * math.exp(spread * normal - spread * spread / 2) + 0.5))
  local chosen = {}
  for i = 1, length do chosen[i] = words[math.random(#words)] end
  return table.concat(chosen, " ")
end

function init(arguments)
  math.randomseed(id)
  wrk.method = "POST"
  wrk.path = "/v2/models/" .. arguments[1] .. "/infer"
  wrk.headers["Content-Type"] = "application/json"
  if os.getenv("API_KEY") then wrk.headers["X-Api-Key"] = os.getenv("API_KEY") end
  local texts, length, wait = tonumber(arguments[2]), tonumber(arguments[3]), tonumber(arguments[4])
  for i = 1, 64 do
    local data = {}
    for j = 1, texts do data[j] = '"' .. text(length) .. '"' end
    local body = string.format('{"inputs":[{"name":"text","datatype":"BYTES","shape":[%d],"data":[%s]}],"outputs":[{"name":"probability"}]}',
      texts, table.concat(data, ","))
    bodies[i] = wrk.format(nil, nil, nil, body)
  end

  answered, refused, failed = 0, 0, 0

  -- Independent callers, so that the times between requests are distributed exponentially. Without the function wrk never waits.
  if wait > 0 then
    delay = function() return math.floor(-wait * math.log(1 - math.random()) + 0.5) end
  end
end

function request() return bodies[math.random(#bodies)] end

function response(status)
  if status == 200 then answered = answered + 1
  elseif status == 429 then refused = refused + 1
  else failed = failed + 1 end
end

function done(summary, latency, requests)
  local totals = { answered = 0, refused = 0, failed = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(totals) do totals[name] = totals[name] + thread:get(name) end
  end

  local errors = summary.errors
  io.write(string.format('LOAD {"seconds":%.3f,"answered":%d,"refused":%d,"failed":%d,"p50_ms":%.2f,"p99_ms":%.2f,"max_ms":%.2f}\n',
    summary.duration / 1e6, totals.answered, totals.refused,
    totals.failed + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
