import type { ExternalRow } from '../src/calibrate/external/predict-row.ts';

const SIDE = 480;
const MARGIN = 56;
const FROM = -3;
const TO = 5;
const COLOURS = ['#1b6ca8', '#c8553d', '#3a7d44', '#7b4b94', '#b8860b', '#555555'];

const place = (ms: number): number => ((Math.log10(ms) - FROM) / (TO - FROM)) * (SIDE - MARGIN * 1.5);
const x = (ms: number): string => (MARGIN + place(ms)).toFixed(1);
const y = (ms: number): string => (SIDE - MARGIN - place(ms)).toFixed(1);

function axes(): string[] {
  return Array.from({ length: TO - FROM + 1 }, (_, step) => 10 ** (FROM + step)).flatMap((ms) => [
    `<line x1="${x(ms)}" y1="${y(10 ** FROM)}" x2="${x(ms)}" y2="${y(10 ** TO)}" stroke="#e4e4e4"/>`,
    `<line x1="${x(10 ** FROM)}" y1="${y(ms)}" x2="${x(10 ** TO)}" y2="${y(ms)}" stroke="#e4e4e4"/>`,
    `<text x="${x(ms)}" y="${SIDE - MARGIN + 16}" text-anchor="middle">${ms}</text>`,
    `<text x="${MARGIN - 6}" y="${y(ms)}" text-anchor="end" dominant-baseline="middle">${ms}</text>`,
  ]);
}

/** Predicted over measured ms on logarithmic axes, a colour for each of the engines with most rows. */
export function scatterPlot(title: string, rows: readonly ExternalRow[]): string {
  const counts = new Map<string, number>();
  for (const { engine } of rows) counts.set(engine, (counts.get(engine) ?? 0) + 1);
  const engines = [...counts].sort((a, b) => b[1] - a[1]).map(([engine]) => engine);
  const colourOf = (engine: string): string => COLOURS[Math.min(engines.indexOf(engine), COLOURS.length - 1)];
  const points = rows.map(
    ({ engine, measuredMs, predictedMs }) =>
      `<circle cx="${x(measuredMs)}" cy="${y(predictedMs)}" r="2.6" fill="${colourOf(engine)}" fill-opacity="0.6"/>`,
  );
  const legend = COLOURS.map((colour, index) => {
    const name = index === COLOURS.length - 1 ? 'others' : engines[index];
    return `<text x="${MARGIN + 8}" y="${MARGIN + 14 * index}" fill="${colour}">${name}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" font-family="sans-serif" font-size="10">`,
    `<rect width="${SIDE}" height="${SIDE}" fill="#ffffff"/>`,
    ...axes(),
    `<line x1="${x(10 ** FROM)}" y1="${y(10 ** FROM)}" x2="${x(10 ** TO)}" y2="${y(10 ** TO)}" stroke="#999999"/>`,
    ...points,
    ...legend,
    `<text x="${SIDE / 2}" y="${SIDE - 14}" text-anchor="middle">measured ms; predicted upwards: ${title}</text>`,
    '</svg>\n',
  ].join('\n');
}
