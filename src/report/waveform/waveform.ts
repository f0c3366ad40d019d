import {
  formatSpan,
  levelAt,
  roundStep,
  unitOf,
  type TimeWindow,
  type WaveformPin,
} from './waveform-view.ts';

export type { TimeWindow, WaveformPin } from './waveform-view.ts';

const COLUMNS = 100;
const LONGEST_NAME = 16;
const COLUMNS_PER_TICK = 14;

/** Two lines of a pin: "+" an edge, "-" a level, "#" more edges than fit in a column. */
function drawPin({ edges }: WaveformPin, { fromPs, toPs }: TimeWindow, columns: number): [string, string] {
  const [high, low] = [Array<string>(columns).fill(' '), Array<string>(columns).fill(' ')];
  const inside = edges.filter(({ atPs }) => atPs > fromPs && atPs <= toPs);
  let level = levelAt(edges, fromPs);
  let next = 0;
  for (let column = 0; column < columns; column++) {
    const endPs = fromPs + ((column + 1) * (toPs - fromPs)) / columns;
    const first = next;
    while (next < inside.length && (inside[next].atPs < endPs || column === columns - 1)) {
      level = inside[next++].level;
    }
    const edgesHere = next - first;
    if (edgesHere > 0) high[column] = low[column] = edgesHere === 1 ? '+' : '#';
    else (level === 1 ? high : low)[column] = '-';
  }
  return [high.join('').trimEnd(), low.join('').trimEnd()];
}

function put(line: string[], text: string, at: number): void {
  const start = Math.max(0, Math.min(at, line.length - text.length));
  [...text].forEach((sign, index) => (line[start + index] = sign));
}

function drawAxis({ fromPs, toPs, triggerPs = 0 }: TimeWindow, columns: number): [string, string] {
  const spanPs = toPs - fromPs;
  const stepPs = roundStep((spanPs / columns) * COLUMNS_PER_TICK);
  const unit = unitOf(Math.max(Math.abs(fromPs - triggerPs), Math.abs(toPs - triggerPs)));
  const [ruler, labels] = [Array<string>(columns).fill('.'), Array<string>(columns).fill(' ')];
  for (let tick = Math.ceil((fromPs - triggerPs) / stepPs); tick * stepPs <= toPs - triggerPs; tick++) {
    const column = Math.floor(((tick * stepPs + triggerPs - fromPs) / spanPs) * columns);
    ruler[Math.min(column, columns - 1)] = '|';
    put(labels, formatSpan(tick * stepPs, unit), column);
  }
  return [ruler.join(''), labels.join('').trimEnd()];
}

/**
 * Pins over time in plain characters, at most `columns` wide: a line for the trigger, two for each pin, the axis.
 * Names are cut to 16 characters. A window without length shows nothing but the names.
 */
export function formatWaveform(pins: readonly WaveformPin[], view: TimeWindow, columns = COLUMNS): string {
  const longest = Math.max(0, ...pins.map(({ name }) => name.length));
  const margin = Math.min(LONGEST_NAME, longest) + 2;
  const wide = Math.max(10, columns - margin);
  const { fromPs, toPs, triggerPs } = view;
  if (!(toPs > fromPs)) return pins.map(({ name }) => name).join('\n');
  const blank = ' '.repeat(margin);
  const lines = pins.flatMap((pin) => {
    const [high, low] = drawPin(pin, view, wide);
    const name = pin.name.slice(0, LONGEST_NAME).padEnd(margin);
    return [`${blank}${high}`.trimEnd(), `${name}${low}`.trimEnd()];
  });
  const mark = triggerPs === undefined ? -1 : Math.floor(((triggerPs - fromPs) / (toPs - fromPs)) * wide);
  const trigger = mark >= 0 && mark < wide ? [`${blank}${' '.repeat(mark)}T`] : [];
  const [ruler, labels] = drawAxis(view, wide);
  return [...trigger, ...lines, `${blank}${ruler}`, `${blank}${labels}`].join('\n');
}
