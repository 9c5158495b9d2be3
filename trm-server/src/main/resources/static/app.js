import { Problem, models, puzzle, solve, useToken } from './api.js';
import { build, name, show } from './grid.js';
import { cellsOf, textOf } from './text.js';
import { draw, NO_OPINION } from './curve.js';

const $ = (id) => document.getElementById(id);
const state = { models: [], model: null, tokens: [], byToken: new Map(), byCharacter: new Map(), cells: [], brush: 0, attempts: new Map(), step: 0, chosen: -1, running: null, player: null };

function say(text) {
  $('status').textContent = text;
}

function fail(error) {
  if (error.name === 'AbortError') {
    say('Stopped.');
  } else if (error instanceof Problem && error.status === 401) {
    $('token-dialog').showModal();
  } else {
    $('error').textContent = error instanceof Problem ? error.message : `The server does not answer: ${error.message}`;
  }
}

function blank() {
  return state.model.tokens.find((token) => token.blank) ?? state.model.tokens[0];
}

function choose(modelName) {
  state.model = state.models.find((model) => model.name === modelName);
  const model = state.model;
  $('model').value = modelName;
  state.byToken = new Map(model.tokens.map((token) => [token.token, token]));
  state.byCharacter = new Map(model.tokens.map((token) => [token.character, token]));
  state.tokens = new Array(model.seqLen).fill(blank());
  state.brush = brushes().find((token) => !token.blank) ?? blank();
  $('generate').disabled = !model.generates;
  $('text').rows = textOf(state.tokens, model).includes('\n') ? Math.min(model.grid.rows, 10) : 3;
  $('hint').textContent = `${model.domain || 'tokens'}, ${model.grid.rows} x ${model.grid.columns}, ${(model.parameters / 1e6).toFixed(1)} million parameters${model.verifies ? '; answers are checked by the rules' : '; answers cannot be checked'}.`;
  palette();
  state.cells = build($('question'), model, 'gridcell');
  state.cells.forEach((cell, index) => {
    cell.tabIndex = index === 0 ? 0 : -1;
    cell.dataset.index = index;
  });
  forget();
  showQuestion();
  $('text').value = '';
}

/** What a question may hold. */
function brushes() {
  return state.model.tokens.filter((token) => token.blank || !token.meaning.includes('in answers'));
}

function palette() {
  const buttons = brushes().map((token) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('role', 'radio');
    button.textContent = token.blank ? '·' : token.symbol.trim() || token.meaning;
    button.setAttribute('aria-label', name(token));
    button.title = name(token);
    button.addEventListener('click', () => pick(token));
    button.dataset.token = token.token;
    return button;
  });
  $('palette').replaceChildren(...buttons);
  pick(state.brush);
}

function pick(token) {
  state.brush = token;
  for (const button of $('palette').children) {
    const on = button.dataset.token === String(token.token);
    button.setAttribute('aria-checked', on);
    button.tabIndex = on ? 0 : -1;
  }
}

function showQuestion() {
  state.tokens.forEach((token, index) => show(state.cells[index], state.model, index, token, token.blank ? '' : 'given', undefined, false));
}

function set(index, token) {
  // A maze has one start and one goal: drawing it elsewhere moves it.
  const moved = ['start', 'goal'].includes(token.meaning) ? state.tokens.indexOf(token) : -1;
  for (const [at, now] of moved >= 0 ? [[moved, blank()], [index, token]] : [[index, token]]) {
    state.tokens[at] = now;
    show(state.cells[at], state.model, at, now, now.blank ? '' : 'given', undefined, false);
  }
  write();
  $('error').textContent = '';
}

function write() {
  $('text').value = textOf(state.tokens, state.model);
}

/** Takes text of any of the models' sizes, and goes over to the model that has it. */
function read(text) {
  if (!text.trim()) {
    return;
  }
  let characters = cellsOf(text, state.model);
  const other = characters ? undefined : state.models.find((model) => cellsOf(text, model));
  if (other) {
    choose(other.name);
    $('text').value = text;
    characters = cellsOf(text, other);
  }
  if (!characters) {
    const found = [...text.replace(/\s/g, '')].length;
    $('error').textContent = `${found} characters; expected ${[...new Set(state.models.map((model) => model.seqLen))].join(', ')}.`;
    return;
  }
  const open = blank();
  const tokens = characters.map((c) => state.byCharacter.get(c) ?? ('.0_*'.includes(c) ? open : undefined));
  const wrong = tokens.indexOf(undefined);
  if (wrong >= 0) {
    $('error').textContent = `Character ${wrong + 1} is '${characters[wrong]}'; expected one of ${[...state.byCharacter.keys()].join('')}`;
    return;
  }
  $('error').textContent = '';
  state.tokens = tokens;
  showQuestion();
}

function move(index, event) {
  const { rows, columns } = state.model.grid;
  const row = Math.floor(index / columns);
  const column = index % columns;
  const target = {
    ArrowLeft: [row, Math.max(0, column - 1)], ArrowRight: [row, Math.min(columns - 1, column + 1)],
    ArrowUp: [Math.max(0, row - 1), column], ArrowDown: [Math.min(rows - 1, row + 1), column],
    Home: [row, 0], End: [row, columns - 1],
  }[event.key];
  if (!target) {
    return false;
  }
  focusCell(target[0] * columns + target[1]);
  return true;
}

function focusCell(index) {
  state.cells.forEach((cell, i) => { cell.tabIndex = i === index ? 0 : -1; });
  state.cells[index].focus();
}

$('question').addEventListener('keydown', (event) => {
  const index = Number(event.target.dataset.index);
  if (Number.isNaN(index) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (move(index, event)) {
    event.preventDefault();
  } else if (event.key === 'Backspace' || event.key === 'Delete') {
    set(index, blank());
    event.preventDefault();
  } else if (event.key === 'Enter' || (event.key === ' ' && !state.byCharacter.has(' '))) {
    set(index, state.tokens[index] === state.brush ? blank() : state.brush);
    event.preventDefault();
  } else if (event.key.length === 1) {
    const token = state.byCharacter.get(event.key) ?? ('.0_'.includes(event.key) ? blank() : undefined);
    if (token) {
      set(index, token);
      focusCell(Math.min(index + 1, state.cells.length - 1));
      event.preventDefault();
    }
  }
});

// Drawing: the first cell says whether the stroke draws or wipes.
let stroke = null;
function cellAt(event) {
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest('#question .cell');
  return cell ? Number(cell.dataset.index) : -1;
}
$('question').addEventListener('pointerdown', (event) => {
  const index = cellAt(event);
  if (index >= 0 && event.button === 0) {
    stroke = state.tokens[index] === state.brush ? blank() : state.brush;
    set(index, stroke);
    focusCell(index);
    event.preventDefault();
  }
});
$('question').addEventListener('pointermove', (event) => {
  const index = stroke ? cellAt(event) : -1;
  if (index >= 0 && state.tokens[index] !== stroke) {
    set(index, stroke);
  }
});
window.addEventListener('pointerup', () => { stroke = null; });
window.addEventListener('pointercancel', () => { stroke = null; });

$('palette').addEventListener('keydown', (event) => {
  const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (way) {
    const list = brushes();
    const next = (list.indexOf(state.brush) + way + list.length) % list.length;
    pick(list[next]);
    $('palette').children[next].focus();
    event.preventDefault();
  }
});

function forget() {
  pause();
  // What is still being solved is another question's.
  state.running?.abort();
  state.attempts = new Map();
  state.step = 0;
  state.chosen = -1;
  $('attempts-view').replaceChildren();
  $('player').hidden = true;
  draw($('curve'), [], 0);
  say('Press Solve.');
}

function panel(attempt) {
  const box = document.createElement('article');
  box.className = 'attempt';
  const title = document.createElement('h3');
  title.textContent = `Attempt ${attempt + 1}`;
  const grid = document.createElement('div');
  grid.className = 'grid';
  grid.setAttribute('role', 'grid');
  grid.setAttribute('aria-readonly', 'true');
  grid.setAttribute('aria-label', `Draft of attempt ${attempt + 1}`);
  const verdict = document.createElement('p');
  verdict.className = 'verdict';
  box.append(title, grid, verdict);
  const view = { box, verdict, cells: build(grid, state.model, 'gridcell'), drafts: [] };
  state.attempts.set(attempt, view);
  $('attempts-view').replaceChildren(...[...state.attempts.keys()].sort((a, b) => a - b).map((key) => state.attempts.get(key).box));
  return view;
}

function showStep(step) {
  state.step = step;
  for (const [attempt, view] of state.attempts) {
    const at = Math.min(step, view.drafts.length) - 1;
    const draft = view.drafts[at];
    const before = view.drafts[at - 1];
    draft.tokens.forEach((number, index) => {
      const token = state.byToken.get(number) ?? blank();
      const given = !state.asked[index].blank && state.asked[index].token === number;
      show(view.cells[index], state.model, index, token, given ? 'given' : 'draft', given ? undefined : draft.cellConfidence?.[index], before !== undefined && before.tokens[index] !== number);
    });
    const good = draft.verification === 'CORRECT';
    const verdict = { CORRECT: 'verified', WRONG: `not right yet: ${draft.reason}`, UNVERIFIABLE: 'cannot be checked' }[draft.verification];
    const measures = [
      draft.confidence === NO_OPINION ? '' : ` Halting head ${(100 * draft.confidence).toFixed(1)}%.`,
      draft.stateChange === undefined ? '' : ` Residual ${draft.stateChange.toPrecision(2)}.`,
    ];
    view.verdict.textContent = `Step ${draft.step}: ${verdict}.${measures.join('')}`;
    view.verdict.classList.toggle('good', good);
    view.verdict.classList.toggle('bad', draft.verification === 'WRONG');
    view.box.classList.toggle('chosen', attempt === state.chosen);
    view.box.classList.toggle('good', good);
  }
  $('step').value = step;
  $('step-value').textContent = step;
  draw($('curve'), [...state.attempts.values()].map((view) => view.drafts), step);
}

function longest() {
  return Math.max(0, ...[...state.attempts.values()].map((view) => view.drafts.length));
}

function take(event, data) {
  if (event === 'draft') {
    const view = state.attempts.get(data.attempt) ?? panel(data.attempt);
    view.drafts.push(data);
    $('step').max = longest();
    // The newest draft, unless a person has gone back to look at an older one.
    showStep(longest());
    say(`Step ${longest()} ...`);
  } else if (event === 'answer') {
    state.chosen = data.attempt;
    state.answer = data;
    showStep(longest());
    const verdict = { CORRECT: 'Verified', WRONG: 'Not solved', UNVERIFIABLE: 'Answered (cannot be checked)' }[data.verification];
    const steps = `after ${data.steps} step${data.steps === 1 ? '' : 's'}${state.attempts.size > 1 ? ` of attempt ${data.attempt + 1}` : ''}`;
    say(`${verdict} ${steps}${data.verification === 'WRONG' ? `: ${data.reason}` : ''}.`);
    $('player').hidden = longest() < 2;
  }
}

async function run() {
  forget();
  $('error').textContent = '';
  state.asked = [...state.tokens];
  const running = new AbortController();
  state.running = running;
  $('solve').disabled = true;
  $('cancel').disabled = false;
  say('Solving ...');
  const attempts = Number($('attempts').value) || 1;
  try {
    await solve({
      model: state.model.name,
      puzzle: state.tokens.map((token) => token.character).join(''),
      steps: Number($('steps').value) || null,
      attempts,
      halt: $('stop').value,
      details: true,
    }, (event, data) => {
      if (!running.signal.aborted) {
        take(event, data);
      }
    }, running.signal);
  } catch (error) {
    if (state.running === running) {
      if (error.name !== 'AbortError') {
        say('Not solved.');
      }
      fail(error);
    }
  } finally {
    if (state.running === running) {
      state.running = null;
      $('solve').disabled = false;
      $('cancel').disabled = true;
    }
  }
}

function pause() {
  clearInterval(state.player);
  state.player = null;
  $('play').textContent = 'Play';
  $('play').setAttribute('aria-pressed', 'false');
}

$('play').addEventListener('click', () => {
  if (state.player) {
    pause();
    return;
  }
  if (state.step >= longest()) {
    showStep(1);
  }
  $('play').textContent = 'Pause';
  $('play').setAttribute('aria-pressed', 'true');
  state.player = setInterval(() => {
    if (state.step >= longest()) {
      pause();
    } else {
      showStep(state.step + 1);
    }
  }, 600);
});

$('step').addEventListener('input', () => { pause(); showStep(Number($('step').value)); });
$('model').addEventListener('change', () => choose($('model').value));
$('text').addEventListener('input', () => read($('text').value));
$('clear').addEventListener('click', () => choose(state.model.name));
$('solve').addEventListener('click', run);
$('cancel').addEventListener('click', () => state.running?.abort());
$('generate').addEventListener('click', async () => {
  forget();
  $('solve').disabled = true;
  say('Generating ...');
  try {
    const text = await puzzle(state.model.name, Math.floor(Math.random() * 1e9));
    read(text);
    write();
    say('Press Solve.');
  } catch (error) {
    say('Nothing generated.');
    fail(error);
  } finally {
    $('solve').disabled = false;
  }
});
$('token-dialog').addEventListener('close', () => {
  useToken($('token').value.trim());
  $('token').value = '';
  start();
});

async function start() {
  try {
    state.models = (await models()).filter((model) => model.grid);
    $('model').replaceChildren(...state.models.map((model) => new Option(model.name, model.name)));
    if (state.models.length === 0) {
      $('error').textContent = 'No model here has puzzles on a grid.';
      return;
    }
    choose(state.models[0].name);
  } catch (error) {
    fail(error);
  }
}

start();
