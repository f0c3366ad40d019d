import type { CountedTable } from '../counted-table.ts';
import { DSP_FORMS } from './dsp-forms.ts';
import { MVE_FORMS } from './mve-forms.ts';
import { PLAIN_FORMS } from './plain-forms.ts';
import { REFERENCE_FORMS } from './reference-forms.ts';

const CMSIS_FORMS: Readonly<Record<string, string>> = {
  'cortex-m0plus': PLAIN_FORMS,
  'cortex-m3': PLAIN_FORMS,
  'cortex-m55': MVE_FORMS,
};

/** Forms of a library's kernels on a core. CMSIS-NN has int8 kernels; its float ones are the reference's, compiled anew. */
export function formsOf(library: string, core: string): string {
  if (library !== 'cmsis-nn') return REFERENCE_FORMS;
  return (CMSIS_FORMS[core] ?? DSP_FORMS) + REFERENCE_FORMS.trimStart();
}

/** A build of the reference kernels. */
// @__NO_SIDE_EFFECTS__
export function referenceTable(lines: string): CountedTable {
  return { forms: REFERENCE_FORMS, lines };
}

/** A build of CMSIS-NN for a core. */
// @__NO_SIDE_EFFECTS__
export function cmsisTable(core: string, lines: string): CountedTable {
  return { forms: formsOf('cmsis-nn', core), lines };
}
