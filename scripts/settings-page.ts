import type { Board } from '../src/boards/board/board.ts';
import { maixduino } from '../src/boards/maixduino.ts';
import { FIRMWARE } from '../src/boards/settings/maixpy-settings.ts';
import { SETTING_FAMILIES } from '../src/boards/settings/constant-settings.ts';
import type { Setting } from '../src/boards/settings/setting.ts';
import { SETTINGS, withSettings } from '../src/boards/settings/all-settings.ts';
import { DOKIC_2021, type PaperTable } from '../src/calibrate/measurements/dokic-2021.ts';
import { boardWith, fitBoard, paperReadingMs } from '../src/calibrate/paper.ts';
import { validateBoard } from '../src/calibrate/validate-paper.ts';

const HEAD = `# Settings

What a board is run with, and what would be if it were another: one vocabulary of choices about its parts, its firmware and its
converter. \`--set KEY=VALUE\`, several with commas, is taken by \`predict\`, \`explain\`, \`place\`, \`compare\`, \`memory\`, \`diagnose\`, \`sweep\`
and \`exec\`; Lua's \`predict\` and \`place\` take it as \`options.set\`, the library as \`withSettings(board, choices)\`. The older options
\`--kernels\`, \`--weights-in\`, \`--clock\`, \`--float-fc\` and \`--copy-out\` are aliases; where both are given, they hold. In \`sweep\` a key
may have several values, \`--set 'core.dataCache=off|8KiB'\`: each makes a variant of each board that has the choice, and stands in
the axis \`board\` as \`openmv-h7-plus+core.dataCache=off\`. What was chosen stands in \`--json\` as \`settings\`. With any choice that was
not measured a prediction is \`extrapolated\` and says what is other. A key or value that there is not is refused with the list of
them. Written by \`npm run docs\`.
`;

/** docs/settings.md: every setting with its values, and the paper's readings under each release of the firmware. */
export function settingsPage(): string {
  const families = SETTING_FAMILIES.map(({ key, of }) => ({ ...of('ID'), key }));
  return [HEAD, ...[...SETTINGS, ...families].map(settingSection), paperSection()].join('\n');
}

function settingSection({ key, help, standard, why, values, open }: Setting): string {
  const rows = Object.entries(values).map(([name, value]) => {
    const mark = name === standard ? ' (standard)' : '';
    return `| \`${name}\`${mark} | ${value.help} | ${value.grade}: ${value.source} |`;
  });
  const intro = `${help[0].toUpperCase()}${help.slice(1)}. The standard is \`${standard}\`: ${why}.`;
  return [
    `## ${key}`,
    '',
    intro,
    '',
    '| value | what it does | grade and source |',
    '|---|---|---|',
    ...rows,
    ...(open ? [`| ${open.form} | as it says | estimated: a question, no board |`] : []),
    '',
  ].join('\n');
}

function paperSection(): string {
  const table = DOKIC_2021.find(({ board }) => board === maixduino.id)!;
  const rows = Object.keys(FIRMWARE.values).map((name) => paperRow(name, table));
  return `## The paper's readings under each release

The ten readings of the Maixduino (table 2 of Dokic, Mikolcevic and Radisic 2021, rounded to 0.1 ms) against the model, first with the
constants as they are shipped, then with constants fitted anew under that clock and that way of copying. A fit absorbs 4 % of the
clock, so the readings alone do not tell the releases apart; copies by the DMA take a fifth of those by the core, and the fit has
to make up for that elsewhere. As shipped, \`as-fitted\` and \`0.6\` are the same.

| release | shipped constants: equal of 10, mean error | fitted anew: equal of 10 | leave-one-out, mean and worst error | 6 to 10 from 1 to 5 |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function paperRow(name: string, table: PaperTable): string {
  const board = withSettings(maixduino, { [FIRMWARE.key]: name });
  const { looMapePercent, looWorstPercent, trainLow5 } = validateBoard(board, table);
  const refitted = boardWith(board, fitBoard(board, table.rows, table).means);
  const percent = (value: number) => `${value.toFixed(1)} %`;
  const shipped = `${equalRows(board, table)}, ${percent(meanErrorPercent(board, table))}`;
  const loo = `${percent(looMapePercent)}, ${percent(looWorstPercent)}`;
  return `| \`${name}\` | ${shipped} | ${equalRows(refitted, table)} | ${loo} | ${percent(trainLow5.mapePercent)} |`;
}

function equalRows(board: Board, { rows }: PaperTable): number {
  return rows.filter(({ filters, measuredMs }) => {
    return paperReadingMs(board, filters).toFixed(1) === measuredMs.toFixed(1);
  }).length;
}

function meanErrorPercent(board: Board, { rows }: PaperTable): number {
  const errors = rows.map(({ filters, measuredMs }) =>
    Math.abs(paperReadingMs(board, filters) / measuredMs - 1),
  );
  return (100 * errors.reduce((sum, error) => sum + error, 0)) / rows.length;
}
