// The curves of the halting head and of the residual, against supervision steps.

const SVG = 'http://www.w3.org/2000/svg';
const LEFT = 60;
const RIGHT = 590;
const TOP = 10;
const BOTTOM = 190;

function add(svg, kind, attributes, text) {
  const node = document.createElementNS(SVG, kind);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  if (text !== undefined) {
    node.textContent = text;
  }
  svg.append(node);
}

/** The confidence of a draft of which the model says nothing. */
export const NO_OPINION = 0.5;

/** Draws the attempts' drafts; each is a list with confidence and stateChange. */
export function draw(svg, attempts, now) {
  svg.replaceChildren(svg.querySelector('title'));
  const steps = Math.max(2, ...attempts.map((drafts) => drafts.length));
  const x = (step) => LEFT + ((RIGHT - LEFT) * (step - 1)) / (steps - 1);
  const y = (share) => BOTTOM - (BOTTOM - TOP) * Math.min(1, Math.max(0, share));
  for (const share of [0, 0.5, 1]) {
    add(svg, 'line', { class: 'axis', x1: LEFT, x2: RIGHT, y1: y(share), y2: y(share) });
    add(svg, 'text', { x: LEFT - 6, y: y(share) + 4, 'text-anchor': 'end' }, `${100 * share}%`);
  }
  for (const step of new Set([1, Math.ceil(steps / 2), steps])) {
    add(svg, 'text', { x: x(step), y: BOTTOM + 20, 'text-anchor': 'middle' }, String(step));
  }
  if (now > 0) {
    add(svg, 'line', { class: 'now', x1: x(now), x2: x(now), y1: TOP, y2: BOTTOM });
  }
  for (const drafts of attempts) {
    const line = (value) => drafts.map((draft, i) => `${x(i + 1)},${y(value(draft))}`).join(' ');
    if (drafts.some((draft) => draft.stateChange !== undefined)) {
      add(svg, 'polyline', { class: 'residual', points: line((draft) => draft.stateChange ?? 0) });
    }
    if (drafts.every((draft) => draft.confidence === NO_OPINION)) {
      continue;
    }
    add(svg, 'polyline', { class: 'head', points: line((draft) => draft.confidence) });
    if (drafts.length === 1) {
      add(svg, 'circle', { cx: x(1), cy: y(drafts[0].confidence), r: 4, fill: 'var(--accent)' });
    }
  }
}
