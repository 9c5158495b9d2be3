// The text of a puzzle: one character a cell. In some kinds of puzzle a space is a cell, such as the open one of a maze.

function hasSpaces(model) {
  return model.tokens.some((token) => token.character === ' ');
}

/** Returns the characters of a model's cells; undefined where the text has another number of them. */
export function cellsOf(text, model) {
  const bare = [...text.replace(/\s/g, '')];
  if (bare.length === model.seqLen) {
    return bare;
  }
  if (!hasSpaces(model)) {
    return undefined;
  }
  const lines = text.split(/\r?\n/);
  const line = [...lines.join('')];
  if (line.length === model.seqLen) {
    return line;
  }
  // Editors cut spaces off at the end of a line.
  const { rows, columns } = model.grid;
  while (lines.length > rows && !lines.at(-1).trim()) {
    lines.pop();
  }
  if (lines.length !== rows || lines.some((row) => [...row].length > columns)) {
    return undefined;
  }
  return lines.flatMap((row) => [...row.padEnd(columns)]);
}

/** Returns the text of tokens: a line, or a line a row where a space is a cell. */
export function textOf(tokens, model) {
  const characters = tokens.map((token) => token.character);
  if (!hasSpaces(model)) {
    return characters.join('');
  }
  const { rows, columns } = model.grid;
  return Array.from({ length: rows }, (_, row) => characters.slice(row * columns, (row + 1) * columns).join('')).join('\n');
}
