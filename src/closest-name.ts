/** Most edits that a slip of the fingers takes. */
const MAX_EDITS = 3;

/**
 * Edits from one word to another: signs added, left out, changed, or two neighbours in the wrong order (the restricted
 * distance of Damerau 1964).
 */
function editsBetween(a: string, b: string): number {
  let [before, last] = [new Array<number>(), Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** The known name that a mistyped one is nearest to, or begins; undefined where none is near. */
export function closestName(text: string, known: readonly string[]): string | undefined {
  const word = text.toLowerCase();
  const allowed = Math.min(MAX_EDITS, Math.ceil(word.length / 3));
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    // Each sign too many is an edit: a text of a megabyte is near to nothing.
    if (Math.abs(word.length - name.length) > allowed) continue;
    const edits = editsBetween(word, name.toLowerCase());
    if (edits <= allowed && (!best || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? (word.length >= 3 ? known.find((name) => name.startsWith(word)) : undefined);
}

/** `; did you mean "x"?`, or nothing, to follow what was mistyped. */
export function didYouMean(text: string, known: readonly string[]): string {
  const name = closestName(text, known);
  return name === undefined ? '' : `; did you mean "${name}"?`;
}
