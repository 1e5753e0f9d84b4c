// Talks to the server that the page came from, and to no other.

const keyName = "api-key";

/** How long until the next try where the server does not say. */
const retrySeconds = 3;

/** An answer that is none. Status 0: the server was not reached. */
export class ServerError extends Error {
  constructor(status, message, retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  get isTransient() {
    return [0, 429, 503, 504].includes(this.status);
  }
}

/** Asks with this key from now on; it is forgotten with the tab. */
export function useKey(key) {
  sessionStorage.setItem(keyName, key);
  document.dispatchEvent(new Event("keychanged"));
}

/** One request. Returns the parsed JSON, or the text of what is none; throws a ServerError. */
export async function ask(path, { body, method = body ? "POST" : "GET", signal } = {}) {
  const response = await send(path, { method, signal, headers: headers(body), body: body && JSON.stringify(body) });
  if (!response.ok) {
    throw await errorOf(response);
  }
  return response.headers.get("Content-Type")?.includes("json") ? response.json() : response.text();
}

/** Tries until it succeeds or fails for good; `onWait(error, seconds)` hears of each wait. */
export async function patiently(attempt, signal, onWait) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ServerError && error.isTransient)) {
        throw error;
      }
      const seconds = error.retryAfter || retrySeconds;
      onWait(error, seconds);
      await pause(seconds * 1000, signal);
    }
  }
}

/** Waits; ends early by throwing when the signal aborts. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** What happened, and what to do, in one sentence. */
export function sentenceOf(error, waitSeconds) {
  const again = waitSeconds ? `; trying again in ${waitSeconds} s.` : ".";
  switch (error.status) {
    case 0: return `The server cannot be reached${again}`;
    case 401: return "The server asks for a key: enter it above.";
    case 413: return "This is more than the server reads at once: shorten the text.";
    case 429: return `The server has more to do than it can${again}`;
    case 503: return `The server has no model ready${again}`;
    case 504: return `The server did not answer in time${again}`;
    default: return error.message;
  }
}

async function send(path, request) {
  try {
    return await fetch(path, request);
  } catch (error) {
    throw error.name === "AbortError" ? error : new ServerError(0, "The server cannot be reached.");
  }
}

function headers(body) {
  const key = sessionStorage.getItem(keyName);
  return { ...(body && { "Content-Type": "application/json" }), ...(key && { "X-Api-Key": key }) };
}

async function errorOf(response) {
  if (response.status === 401) {
    document.dispatchEvent(new Event("keyneeded"));
  }
  const { error } = await response.json().catch(() => ({}));
  const message = error ?? `The server answered with status ${response.status}.`;
  return new ServerError(response.status, message, Number(response.headers.get("Retry-After")));
}
