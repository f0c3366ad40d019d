import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { REPRODUCTION } from '../../../test/fixtures/reproduction.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import { breakDown } from './breakdown.ts';
import { formatCsv } from '../csv.ts';
import { formatHtmlReport } from './html.ts';
import { drawBeyondFigure, drawInferenceFigure, drawRelativeFigure } from './plots.ts';
import { formatReproduction } from './reproduction-text.ts';
import { formatTable } from '../table.ts';
import { formatTerminalPlot } from './terminal-plot.ts';

function read(svg: string) {
  const { document } = parseHTML(svg);
  const texts = [...document.querySelectorAll('text')].map((text) => text.textContent);
  return { dots: document.querySelectorAll('circle').length, texts, svg };
}

test('figure 7 has a dot for each measurement and names each line at its end', () => {
  const { dots, texts, svg } = read(drawInferenceFigure(REPRODUCTION));
  expect(dots).toBe(20);
  expect(texts).toEqual(expect.arrayContaining(['board-a, loop period', 'board-a, pulse', 'board-b, pulse']));
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
});

test.each([
  ['7', drawInferenceFigure],
  ['8', drawRelativeFigure],
])('figure %s has a band for each line that is compared', (_, draw) => {
  const { document } = parseHTML(draw(REPRODUCTION));
  expect(document.querySelectorAll('[aria-label="area"] path')).toHaveLength(REPRODUCTION.boards.length);
});

test('a narrow figure has its names above the picture, and all of its text inside of its width', () => {
  const { document } = parseHTML(drawInferenceFigure(REPRODUCTION, 'narrow'));
  expect(Number(document.querySelector('svg')!.getAttribute('width'))).toBeLessThan(390);
  const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
  expect(texts).toContain('board-a, pulse (dashed)');
  expect(Math.max(...texts.map((text) => text!.length))).toBeLessThan(50);
});

test('pictures and page say what a rule does and not how it is called', () => {
  const html = formatHtmlReport(REPRODUCTION, { breakdowns: [] });
  expect(html).not.toContain('toy/dense');
  expect(html).toContain('the dense layer');
});

test('the page has one meaning of each of its words of time, and links to the Lab where there are some', () => {
  const links = [{ question: '6 filters', href: 'lab.html#s=abc' }];
  const html = formatHtmlReport(REPRODUCTION, { breakdowns: [], labLinks: links });
  expect(html.match(/<dt>(.*?)<\/dt>/g)).toEqual(['<dt>call</dt>', '<dt>pulse</dt>', '<dt>loop period</dt>']);
  expect(html).toContain('<a href="lab.html#s=abc">6 filters</a>');
});

test('in figure 7 the pulse of a board whose reading is a period is dashed and thin, what is compared is not', () => {
  const { document } = parseHTML(drawInferenceFigure(REPRODUCTION));
  const dashes = [...document.querySelectorAll('[aria-label="line"]')].map((line) =>
    line.getAttribute('stroke-dasharray'),
  );
  const periods = REPRODUCTION.boards.filter(({ reading }) => reading === 'period').length;
  expect(dashes.filter((dash) => dash !== null)).toHaveLength(periods);
  expect(dashes).toHaveLength(REPRODUCTION.boards.length + periods);
});

test('figure 8 starts at 1 for both boards', () => {
  const { dots, texts } = read(drawRelativeFigure(REPRODUCTION));
  expect(dots).toBe(20);
  expect(texts).toEqual(expect.arrayContaining(['board-a, loop period', 'board-b, pulse']));
});

test('the figure beyond the paper shades the lead of each board', () => {
  const { svg, texts } = read(drawBeyondFigure(REPRODUCTION));
  expect(svg.match(/fill-opacity="0\.08"/g)).not.toBeNull();
  expect(texts).toContain('64');
});

test('the same results give the same figure, byte for byte', () => {
  expect(drawInferenceFigure(REPRODUCTION)).toBe(drawInferenceFigure(REPRODUCTION));
});

test('the page is self-contained and escapes what it prints', () => {
  const html = formatHtmlReport(REPRODUCTION, { breakdowns: [] });
  expect(html).toContain('a reason &lt;with&gt; &quot;marks&quot; &amp; signs');
  expect(html).not.toMatch(/(src|href)=|@import|url\(/);
  expect(html.match(/<svg/g)).toHaveLength(6);
  expect(html.match(/<tr>/g)).toHaveLength(22);
});

test('the text has both tables, both figures and the crossover', () => {
  const text = formatReproduction(REPRODUCTION);
  for (const part of ['table 2', 'Figure 7', 'Figure 8', 'board-b is faster from 6 filters on.']) {
    expect(text).toContain(part);
  }
});

test('a breakdown joins the small kinds of step and loses no time', () => {
  const steps = Array.from({ length: 10 }, (_, at) => ({ op: `op${at}`, durationMs: at + 1 }));
  const { ops, parts } = breakDown('toy', [{ steps } as unknown as Prediction]);
  expect(ops).toEqual(['op3', 'op4', 'op5', 'op6', 'op7', 'op8', 'op9', 'other']);
  expect(parts.at(-1)).toEqual({ filters: 1, op: 'other', ms: 6 });
  expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(55);
});

test('a table aligns its columns and breaks long cells at spaces', () => {
  const columns = [
    { title: 'n', align: 'right' },
    { title: 'words', maxWidth: 9 },
  ] as const;
  expect(formatTable(columns, [['10', 'one two three']])).toBe(
    ['   n  words', '  --  ---------', '  10  one two', '      three'].join('\n'),
  );
});

test('a plot in the terminal marks each measurement above its filters', () => {
  const plot = formatTerminalPlot('t', [{ label: 'a', predicted: [1, 2, 4], measured: [1, 2, 4] }]);
  const lines = plot.split('\n');
  const columns = lines.flatMap((line, row) =>
    row === 0 ? [] : [...line.matchAll(/o/g)].map(({ index }) => index),
  );
  const ticks = [...lines.at(-1)!.matchAll(/\d/g)].map(({ index }) => index);
  expect(columns.sort((a, b) => a - b)).toEqual(ticks);
});

test('CSV has a header, full numbers and quoted commas', () => {
  expect(formatCsv([{ board: 'a, b', ms: 0.1234567 }])).toBe('board,ms\n"a, b",0.1234567\n');
});
