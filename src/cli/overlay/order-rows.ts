import { FormatError } from '../../errors.ts';
import type { TimedLog, TimedRow } from '../../profiles/read-log.ts';
import type { Part } from '../../report/explanation/parts.ts';

/** ONNX names a value after the node that makes it: "/conv1/Conv_output_0" of "/conv1/Conv". */
const nodeName = (layer: string): string => layer.replace(/_output_\d+$/, '');

/**
 * The lines of a log in the order of the model where both name layers alike: a profiler may sort by time, or run branches in another
 * order. A line of a layer that the model does not name stays behind the one that it followed. Names become the model's own.
 * Throws a FormatError for a log that is sorted by time and whose layers the model does not name.
 */
export function inOrderOfModel({ rows, isSorted, format }: TimedLog, parts: readonly Part[]): TimedRow[] {
  const places = new Map<string, number>();
  parts.forEach(({ layer }, at) => {
    if (layer !== undefined) places.set(nodeName(layer), at);
  });
  const placeOf = ({ layer, op }: TimedRow) => places.get(nodeName(layer ?? op));
  const known = rows.filter((row) => placeOf(row) !== undefined).length;
  if (isSorted === true && 2 * known < rows.length) {
    throw new FormatError(
      `the log is sorted by time, and its layers, ${rows[0].layer ?? rows[0].op} and others, are not called so in the model: ` +
        `profile unsorted (${format})`,
    );
  }
  let place = -1;
  const placed = rows.map((row, at) => {
    const found = placeOf(row);
    if (found !== undefined) place = found;
    else if (isSorted === true) place = parts.length;
    return { row: found === undefined ? row : { ...row, layer: parts[found].layer! }, place, at };
  });
  return placed.sort((a, b) => a.place - b.place || a.at - b.at).map(({ row }) => row);
}
