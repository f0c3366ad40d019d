/** Widths of characters in CSS pixels, in the type of pictures: capitals and underscores are wider. */
const [WIDE, NARROW] = [8.1, 6.7];
const widthOf = (sign: string) => (/[A-Z_0-9mwMW]/.test(sign) ? WIDE : NARROW);

/** As much of a name as fits into so many pixels, with an ellipsis where it is cut. */
export function fittingText(name: string, width: number): string {
  let used = 0;
  for (let at = 0; at < name.length; at++) {
    used += widthOf(name[at]!);
    if (used > width) return `${name.slice(0, Math.max(1, at - 1))}\u2026`;
  }
  return name;
}
