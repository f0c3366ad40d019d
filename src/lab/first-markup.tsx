import { render } from 'preact';
import { parseHTML } from 'linkedom';
import { FIRST_EXPERIMENT, lessonOf } from 'inferscope/experiments';
import { predictService, type FirstPage } from './worker/predict-service.ts';
import { answer, curves, experiment, listings } from './state/lab-store.ts';
import { openLesson } from './state/learner.ts';
import { Lab } from './views/lab.tsx';

/** What the page is about in one question: one filter more. */
const FIRST_LESSON = 3;

/**
 * The page's markup with the first answer, and that answer: what a reader sees before any script has run. Runs at build,
 * in Node, on a document that is none of a browser.
 */
export async function firstMarkup(): Promise<{ readonly markup: string; readonly first: FirstPage }> {
  const { document } = parseHTML('<html><body><div id="lab"></div></body></html>');
  Object.assign(globalThis, { document });
  const first = { ...predictService.ask(FIRST_EXPERIMENT), lesson: lessonOf(FIRST_LESSON) };
  answer.value = first.answer;
  curves.value = first.curves;
  openLesson.value = first.lesson;
  experiment.value = first.answer.experiment;
  listings.value = { boards: [], settings: [] };
  const root = document.getElementById('lab')!;
  render(<Lab />, root as unknown as Element);
  const markup = root.innerHTML;
  render(null, root as unknown as Element);
  return { markup, first };
}
