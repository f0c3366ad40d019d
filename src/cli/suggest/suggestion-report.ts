import { explainDifference } from '../../report/explanation/difference.ts';
import { formatCount, formatMs, formatSigned, wrapText } from '../../report/format.ts';
import { formatTable } from '../../report/table.ts';
import type { Suggestion, Suggestions } from '../../suggest/suggest.ts';

const RETRAIN = 'computes something else: train or quantize again and check the accuracy';

/** One suggestion as `suggest --json` prints it. */
export interface SuggestionDocument {
  readonly rank: number;
  readonly kind: string;
  readonly edit: string;
  readonly node?: number;
  readonly latencyMs: Suggestion['prediction']['latencyMs'];
  readonly gainMs: number;
  readonly gainPercent: number;
  readonly macs: number;
  readonly macsPercent: number;
  readonly flashBytes: number;
  readonly ramBytes: number;
  readonly fits: boolean;
  readonly meetsGoal: boolean;
  /** The rule that the edit takes out of the way, or what else saves the time. */
  readonly why?: string;
  readonly warning?: string;
}

/** What `suggest --json` prints. */
export interface SuggestDocument {
  readonly model: string;
  readonly board: string;
  readonly goal?: string;
  readonly latencyMs: Suggestion['prediction']['latencyMs'];
  readonly meetsGoal: boolean;
  readonly suggestions: readonly SuggestionDocument[];
}

export function suggestDocument(found: Suggestions, goal: string | undefined, most: number): SuggestDocument {
  const { base, meetsGoal, suggestions } = found;
  return {
    ...{ model: base.model, board: base.board, ...(goal !== undefined && { goal }) },
    ...{ latencyMs: base.latencyMs, meetsGoal },
    suggestions: suggestions.slice(0, most).map((one, at) => documentOf(one, at + 1, found)),
  };
}

function documentOf(one: Suggestion, rank: number, { base }: Suggestions): SuggestionDocument {
  const { edit, prediction, gainMs, gainPercent, macs, macsPercent, meetsGoal } = one;
  const why = whyOf(one, base);
  return {
    ...{ rank, kind: edit.kind, edit: edit.title, ...(edit.node !== undefined && { node: edit.node }) },
    ...{ latencyMs: prediction.latencyMs, gainMs, gainPercent, macs, macsPercent },
    flashBytes: prediction.memory.flashBytes,
    ramBytes: prediction.memory.ramBytes,
    fits: prediction.memory.fits,
    meetsGoal,
    ...(why !== undefined && { why }),
    ...(edit.changesAnswers && { warning: RETRAIN }),
  };
}

/** What the largest move between both predictions is put down to. */
function whyOf({ prediction }: Suggestion, base: Suggestions['base']): string | undefined {
  const { moves } = explainDifference(base, prediction);
  const [largest] = [...moves].sort((a, b) => a.deltaPs - b.deltaPs);
  if (!largest?.causes.length) return undefined;
  const causes = largest.causes.map(({ rule, text }) => `${text} (${rule})`).join('; ');
  return `${largest.what} ${formatSigned(largest.deltaMs, 3)} ms: ${causes}`;
}

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'change' },
  { title: 'ms', align: 'right' },
  { title: 'gain', align: 'right' },
  { title: 'MACs', align: 'right' },
  { title: 'fits' },
  { title: 'goal' },
] as const;

/** The suggestions as a table, then why each helps. */
export function formatSuggestions(document: SuggestDocument): string {
  const { model, board, goal, latencyMs, meetsGoal, suggestions } = document;
  const aim = goal === undefined ? '' : `; the goal ${goal} is ${meetsGoal ? 'met already' : 'not met'}`;
  const head = `${model} on ${board}: ${formatMs(latencyMs.value)}${aim}`;
  if (suggestions.length === 0) return `${head}\n\n  no small change helps`;
  const columns = COLUMNS.filter(({ title }) => title !== 'goal' || goal !== undefined);
  const rows = suggestions.map((one) => rowOf(one).slice(0, columns.length));
  return [head, '', formatTable(columns, rows), '', ...suggestions.flatMap(reasons)].join('\n');
}

function rowOf(one: SuggestionDocument): string[] {
  return [
    `${one.rank}`,
    one.edit,
    formatMs(one.latencyMs.value).replace(' ms', ''),
    `${formatSigned(-one.gainPercent, 1)} %`,
    one.macsPercent === 0 ? formatCount(one.macs) : `${formatSigned(one.macsPercent, 0)} %`,
    one.fits ? 'yes' : 'NO',
    one.meetsGoal ? 'met' : '-',
  ];
}

function reasons({ rank, why, warning }: SuggestionDocument): string[] {
  return [
    ...(why === undefined ? [] : [wrapText(why, ' '.repeat(6), `  ${rank}. `.padEnd(6))]),
    ...(warning === undefined ? [] : [`      ${warning}`]),
  ];
}
