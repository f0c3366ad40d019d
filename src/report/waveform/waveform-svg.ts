import type { ScopeReading } from '../../instruments/oscilloscope.ts';
import type { Ps } from '../../units.ts';
import { escapeMarkup } from '../escape-markup.ts';
import { formatSpan, levelAt, type WaveformPin } from './waveform-view.ts';

const DIVISION_PX = { across: 40, up: 50 };
const BAR_PX = 30;
const MARGIN_PX = 24;
const CHANNEL_COLOURS = ['#f5e050', '#4cc9f0', '#f472b6', '#86efac'];
const COLOURS = { back: '#05070a', grid: '#5b6670', text: '#e6edf3', trigger: '#ff9f43', case: '#1b222a' };
const VOLTS_PER_DIVISION = [0.5, 1, 2, 5, 10, 20, 50];
const FINENESS = 10;
/** Share of a channel's strip that its swing may fill. */
const FILL = 0.7;

/** A name as text of the drawing; control characters, which XML forbids, as question marks. */
const textOf = (name: string) => escapeMarkup(name.replace(/[^\n -~\u00a0-\uffff]/g, '?'));
const round = (value: number) => Math.round(value * FINENESS) / FINENESS;

interface Screen {
  readonly fromPs: Ps;
  readonly psPerPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly divisions: number;
  readonly rows: number;
}

function drawGraticule({ widthPx, heightPx, divisions, rows }: Screen): string {
  const line = (x1: number, y1: number, x2: number, y2: number) => `M${x1} ${y1}L${x2} ${y2}`;
  const upright = Array.from({ length: divisions + 1 }, (_, at) => at * DIVISION_PX.across);
  const level = Array.from({ length: rows + 1 }, (_, at) => at * DIVISION_PX.up);
  const dots = [...upright.map((x) => line(x, 0, x, heightPx)), ...level.map((y) => line(0, y, widthPx, y))];
  const [midX, midY] = [widthPx / 2, heightPx / 2];
  const ticks = [
    ...Array.from({ length: divisions * 5 + 1 }, (_, at) => line(at * 8, midY - 3, at * 8, midY + 3)),
    ...Array.from({ length: rows * 5 + 1 }, (_, at) => line(midX - 3, at * 10, midX + 3, at * 10)),
  ];
  return [
    `<path d="${dots.join('')}" stroke="${COLOURS.grid}" stroke-dasharray="1 7" fill="none"/>`,
    `<path d="${ticks.join('')}" stroke="${COLOURS.grid}" fill="none"/>`,
    `<rect width="${widthPx}" height="${heightPx}" fill="none" stroke="${COLOURS.grid}"/>`,
  ].join('\n');
}

interface Strip {
  readonly zeroPx: number;
  readonly highPx: number;
  readonly voltsPerDivision: number;
}

/** Channels one above the other, each scaled so that its swing fits its share of the screen. */
function stripOf(at: number, channels: number, highVolts: number, { heightPx }: Screen): Strip {
  const strip = heightPx / channels;
  const voltsPerDivision =
    VOLTS_PER_DIVISION.find((volts) => (highVolts / volts) * DIVISION_PX.up <= strip * FILL) ??
    VOLTS_PER_DIVISION.at(-1)!;
  const swing = (highVolts / voltsPerDivision) * DIVISION_PX.up;
  const zeroPx = round(at * strip + (strip + swing) / 2);
  return { zeroPx, highPx: round(zeroPx - swing), voltsPerDivision };
}

/** Edges closer than a tenth of a pixel are drawn as one line from low to high. */
function drawTrace(
  { edges }: WaveformPin,
  screen: Screen,
  { zeroPx, highPx }: Strip,
  colour: string,
): string {
  const { fromPs, psPerPx, widthPx } = screen;
  const y = (level: 0 | 1) => (level === 1 ? highPx : zeroPx);
  let level = levelAt(edges, fromPs);
  const points = [`M0 ${y(level)}`];
  let lastX = -1;
  for (const edge of edges) {
    const x = round((edge.atPs - fromPs) / psPerPx);
    if (edge.atPs <= fromPs || x > widthPx) continue;
    if (x !== lastX || edge.level !== level) points.push(x === lastX ? '' : `H${x}`, `V${y(edge.level)}`);
    [lastX, level] = [x, edge.level];
    if (points.length > 4 * widthPx * FINENESS) break;
  }
  return `<path d="${points.join('')}H${widthPx}" stroke="${colour}" stroke-width="2" fill="none"/>`;
}

/** The line with arrows over the first pulse from the trigger on, and its width. */
function drawMeasurement(pin: WaveformPin, reading: ScopeReading, screen: Screen, strip: Strip): string {
  const triggerPs = reading.triggersPs[0];
  const rise = pin.edges.findIndex(({ atPs, level }) => level === 1 && atPs >= triggerPs - reading.samplePs);
  const fall = pin.edges[rise + 1];
  const shown = reading.measurements.find(({ name }) => name === '+Width')!.shown;
  if (rise === -1 || fall === undefined) return '';
  const place = (atPs: Ps) => round((atPs - screen.fromPs) / screen.psPerPx);
  const [from, to, y] = [place(pin.edges[rise].atPs), place(fall.atPs), strip.highPx - 12];
  if (to > screen.widthPx) return '';
  const arrows = `M${from} ${y}H${to}M${from + 5} ${y - 3}L${from} ${y}L${from + 5} ${y + 3}M${to - 5} ${y - 3}L${to} ${y}L${to - 5} ${y + 3}`;
  return [
    `<path d="${arrows}" stroke="${COLOURS.text}" fill="none"/>`,
    `<text x="${round((from + to) / 2)}" y="${y - 5}" text-anchor="middle">+Width ${shown.mean}</text>`,
  ].join('\n');
}

function drawTrigger({ widthPx }: Screen, { zeroPx, highPx }: Strip, share: number): string {
  const y = round(zeroPx - (zeroPx - highPx) * share);
  const [x, right] = [widthPx / 2, widthPx];
  return `<path d="M${x - 5} 0H${x + 5}L${x} 8ZM${right} ${y - 5}V${y + 5}L${right - 8} ${y}Z" fill="${COLOURS.trigger}"/>`;
}

/**
 * The screen of the oscilloscope as an SVG: graticule, pins, trigger, time base and the measurements of `reading`,
 * which is of the first pin. The first trigger stands in the middle; without one, the first edge.
 */
export function drawScopeScreen(pins: readonly WaveformPin[], reading: ScopeReading): string {
  const screen = screenOf(pins, reading);
  const strips = pins.map((_, at) => stripOf(at, pins.length, reading.highVolts, screen));
  const { widthPx, heightPx } = screen;
  const [across, down] = [widthPx + 2 * MARGIN_PX, heightPx + 3 * BAR_PX + MARGIN_PX];
  const isTriggered = reading.triggersPs.length > 0 && pins.length > 0;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${across} ${down}" font-family="monospace" font-size="13" xml:space="preserve" fill="${COLOURS.text}">`,
    `<title>Oscilloscope: ${textOf(pins.map(({ name }) => name).join(', '))}</title>`,
    `<rect width="${across}" height="${down}" rx="8" fill="${COLOURS.case}"/>`,
    `<text x="${MARGIN_PX}" y="20">${isTriggered ? "Trig'd" : 'Ready'}   M ${formatSpan(reading.timebasePs)}   ${reading.sampleRateHz / 1e6} MSa/s</text>`,
    `<g transform="translate(${MARGIN_PX} ${BAR_PX})">`,
    `<rect width="${widthPx}" height="${heightPx}" fill="${COLOURS.back}"/>`,
    drawGraticule(screen),
    ...pins.map((pin, at) => drawTrace(pin, screen, strips[at], colourOf(at))),
    ...pins.map(
      ({ name }, at) =>
        `<text x="6" y="${strips[at].highPx - 4}" fill="${colourOf(at)}">${textOf(name)}</text>`,
    ),
    ...(isTriggered
      ? [
          drawMeasurement(pins[0], reading, screen, strips[0]),
          drawTrigger(screen, strips[0], reading.triggerVolts / reading.highVolts),
        ]
      : []),
    '</g>',
    ...drawFooter(reading, strips, heightPx + BAR_PX),
    '</svg>\n',
  ].join('\n');
}

const colourOf = (at: number) => CHANNEL_COLOURS[at % CHANNEL_COLOURS.length];

function screenOf(pins: readonly WaveformPin[], reading: ScopeReading): Screen {
  const { divisions, rows } = reading.screen;
  const [widthPx, heightPx] = [divisions * DIVISION_PX.across, rows * DIVISION_PX.up];
  const middlePs = reading.triggersPs[0] ?? pins[0]?.edges[0]?.atPs ?? 0;
  const psPerPx = reading.timebasePs / DIVISION_PX.across;
  return { fromPs: middlePs - (widthPx / 2) * psPerPx, psPerPx, widthPx, heightPx, divisions, rows };
}

/** Volts a division of each channel, the trigger and the measurements, below the screen. */
function drawFooter(reading: ScopeReading, strips: readonly Strip[], topPx: number): string[] {
  const scales = strips.map(
    ({ voltsPerDivision }, at) => `<tspan fill="${colourOf(at)}">CH${at + 1} ${voltsPerDivision}V</tspan>`,
  );
  const readings = reading.measurements.map(({ name, shown }) => `${name} ${shown.mean}`);
  const trigger = `trigger ${reading.slope} ${reading.triggerVolts}V`;
  return [
    `<text x="${MARGIN_PX}" y="${topPx + 20}">${scales.join('  ')}  ${trigger}</text>`,
    `<text x="${MARGIN_PX}" y="${topPx + BAR_PX + 12}">${readings.slice(0, 3).join('   ')}</text>`,
    `<text x="${MARGIN_PX}" y="${topPx + BAR_PX + 34}">${readings.slice(3).join('   ')}</text>`,
  ];
}
