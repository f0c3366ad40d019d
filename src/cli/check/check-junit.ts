import { escapeMarkup } from '../../report/escape-markup.ts';
import type { Checked, CheckReport, Verdict } from './check-results.ts';
import { allowedOf, describeMove, limitName, stateOf, titleOf, valueOfVerdict } from './check-words.ts';

/** The report as JUnit XML: a suite for each model on a board, a case for each limit, an error for a refusal. */
export function formatJunit({ checked }: CheckReport): string {
  const failures = checked.flatMap(({ verdicts }) => verdicts.filter(({ holds }) => !holds)).length;
  const errors = checked.filter((one) => stateOf(one) === 'refused').length;
  const tests = checked.reduce((sum, { verdicts }) => sum + verdicts.length, errors);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="inferscope check" tests="${tests}" failures="${failures}" errors="${errors}">`,
    ...checked.flatMap(suiteOf),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(one: Checked): string[] {
  const name = text(titleOf(one));
  const failures = one.verdicts.filter(({ holds }) => !holds).length;
  const errors = one.refused === undefined ? 0 : 1;
  const cases =
    one.refused === undefined ? one.verdicts.flatMap((verdict) => caseOf(verdict, one)) : errorCase(one);
  return [
    `  <testsuite name="${name}" tests="${one.verdicts.length + errors}" failures="${failures}" errors="${errors}">`,
    ...cases,
    '  </testsuite>',
  ];
}

function caseOf(verdict: Verdict, one: Checked): string[] {
  const head = `    <testcase classname="${text(titleOf(one))}" name="${text(limitName(verdict))}"`;
  if (verdict.holds) return [`${head}/>`];
  const message = `${valueOfVerdict(verdict)}, allowed ${allowedOf(verdict)}`;
  const moves = one.movement?.moves.map(describeMove) ?? [];
  const body = [...(verdict.detail === undefined ? [] : [verdict.detail]), ...moves].join('\n');
  return [`${head}>`, `      <failure message="${text(message)}">${text(body)}</failure>`, '    </testcase>'];
}

function errorCase(one: Checked): string[] {
  return [
    `    <testcase classname="${text(titleOf(one))}" name="prediction">`,
    `      <error message="${text(one.refused!)}"/>`,
    '    </testcase>',
  ];
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function text(raw: string): string {
  return escapeMarkup(raw.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?'));
}
