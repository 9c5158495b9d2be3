// What the page asks of the server.

let token = sessionStorage.getItem('trm-token') ?? '';

/** A failure that the server explains. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function useToken(text) {
  token = text;
  sessionStorage.setItem('trm-token', text);
}

function headers(more) {
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

async function checked(response) {
  if (response.ok) {
    return response;
  }
  let detail = `${response.status} ${response.statusText}`;
  try {
    detail = (await response.json()).detail ?? detail;
  } catch {
    // No JSON: the status has to do.
  }
  throw new Problem(response.status, detail);
}

export async function models() {
  const response = await checked(await fetch('v1/models', { headers: headers({}) }));
  return (await response.json()).models;
}

export async function puzzle(model, seed) {
  const path = `v1/models/${encodeURIComponent(model)}/puzzle?seed=${seed}`;
  const response = await checked(await fetch(path, { headers: headers({}) }));
  return (await response.json()).puzzle;
}

/** Solves, and hands over every event as it comes: its name and its data. */
export async function solve(request, take, signal) {
  const response = await checked(await fetch('v1/solve', {
    method: 'POST',
    headers: headers({ 'Content-Type': 'application/json', Accept: 'text/event-stream' }),
    body: JSON.stringify(request),
    signal,
  }));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    rest += value;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const event = Object.fromEntries(rest.slice(0, end).split('\n').map((line) => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)];
      }));
      rest = rest.slice(end + 2);
      const data = JSON.parse(event.data);
      if (event.event === 'error') {
        throw new Problem(data.status, data.detail);
      }
      take(event.event, data);
    }
  }
}
