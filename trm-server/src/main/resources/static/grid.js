// A grid of cells: the question, which is edited, and drafts, which are shown.

/** Returns how a token looks in its cell: walls are filled, other tokens have a symbol. */
function look(token) {
  if (token.meaning === 'wall' || token.symbol === '#') {
    return { text: '', filled: true };
  }
  return { text: token.blank ? '' : token.symbol.trim(), filled: false };
}

export function name(token) {
  if (token.blank) {
    return 'open';
  }
  return token.meaning || token.symbol;
}

/** Builds the cells of a model's grid. */
export function build(element, model, role) {
  const { rows, columns, boxRows, boxColumns } = model.grid;
  element.replaceChildren();
  element.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  element.style.gridTemplateRows = `repeat(${rows}, minmax(0, 1fr))`;
  element.style.setProperty('--aspect', `${columns} / ${rows}`);
  element.style.setProperty('--cell-size', `clamp(.5rem, ${Math.min(12, 40 / columns)}vw, ${Math.min(2, 14 / columns)}rem)`);
  const cells = [];
  for (let r = 0; r < rows; r++) {
    const row = document.createElement('div');
    row.setAttribute('role', 'row');
    row.style.display = 'contents';
    for (let c = 0; c < columns; c++) {
      const cell = document.createElement('div');
      cell.className = 'cell';
      cell.setAttribute('role', role);
      if ((c + 1) % boxColumns === 0 && c + 1 < columns) {
        cell.classList.add('right-of-box');
      }
      if ((r + 1) % boxRows === 0 && r + 1 < rows) {
        cell.classList.add('below-box');
      }
      row.append(cell);
      cells.push(cell);
    }
    element.append(row);
  }
  return cells;
}

/** Shows a token in a cell. */
export function show(cell, model, index, token, kind, confidence, changed) {
  const { text, filled } = look(token);
  cell.textContent = text;
  cell.classList.toggle('filled', filled);
  cell.classList.toggle('given', kind === 'given');
  cell.classList.toggle('draft', kind === 'draft');
  cell.classList.toggle('changed', changed);
  cell.style.opacity = confidence === undefined ? '' : String(0.3 + 0.7 * confidence);
  const row = Math.floor(index / model.grid.columns) + 1;
  const column = (index % model.grid.columns) + 1;
  const sure = confidence === undefined ? '' : `, ${Math.round(100 * confidence)}% sure`;
  cell.setAttribute('aria-label', `row ${row}, column ${column}: ${name(token)}${sure}${changed ? ', changed' : ''}`);
}
