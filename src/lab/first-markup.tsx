import { render } from 'preact';
import { parseHTML } from 'linkedom';
import { FIRST_EXPERIMENT } from 'inferscope/experiments';
import { predictService, type Asked } from './worker/predict-service.ts';
import { answer, curves, experiment, listings } from './state/lab-store.ts';
import { Lab } from './views/lab.tsx';

/**
 * The page's markup with the first answer, and that answer: what a reader sees before any script has run. Runs at build,
 * in Node, on a document that is none of a browser.
 */
export async function firstMarkup(): Promise<{ readonly markup: string; readonly first: Asked }> {
  const { document } = parseHTML('<html><body><div id="lab"></div></body></html>');
  Object.assign(globalThis, { document });
  const first = predictService.ask(FIRST_EXPERIMENT);
  answer.value = first.answer;
  curves.value = first.curves;
  experiment.value = first.answer.experiment;
  listings.value = { boards: [], settings: [] };
  const root = document.getElementById('lab')!;
  render(<Lab />, root as unknown as Element);
  const markup = root.innerHTML;
  render(null, root as unknown as Element);
  return { markup, first };
}
