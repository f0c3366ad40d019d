import { bytesFromBase64, readFragment, type Experiment, type Linked } from 'inferscope/experiments';
import type { FirstPage } from '../worker/predict-service.ts';
import { isOneFile } from '../worker/lab-resource.ts';
import { hashesNow } from './page-link.ts';
import { openInWorker } from './kept-files.ts';
import { showAsked, startSimulation, warmUp } from './lab-simulation.ts';
import { openLesson, showLesson } from './learner.ts';
import { answer, curves, experiment, notice } from './lab-store.ts';
import { loadRecent } from './recent-files.ts';

function embedded<T>(id: string): T | undefined {
  return (JSON.parse(document.getElementById(id)?.textContent ?? 'null') as T | null) ?? undefined;
}

function linkHere(): Linked | undefined {
  try {
    return readFragment(location.hash);
  } catch (error) {
    notice.value = (error as Error).message;
    return undefined;
  }
}

function compareHashes(expected: readonly string[]): void {
  const now = hashesNow();
  if (expected.length === now.length && expected.every((hash, at) => hash === now[at])) return;
  notice.value =
    'This link was made with another version of inferscope, or was changed: it gives other times now than then.';
}

/** Characters of a refusal: some list all that there is. */
const MOST = 160;

/** Shows what a link asks where the simulator takes it; else what stood stays, with a notice. */
async function showLinked({ experiment: asked, hashes }: Linked): Promise<void> {
  try {
    await showAsked(asked);
  } catch (error) {
    const { message } = error as Error;
    const why = message.length > MOST ? `${message.slice(0, MOST)}\u2026` : `${message}.`;
    notice.value = `This link asks for what there is not, so it was not followed; ask for it again. ${why}`;
    return;
  }
  compareHashes(hashes);
}

/** Shows the answer that the page was built with, then has the simulation answer what the link asks. */
export function startLab(): void {
  const first = embedded<FirstPage>('lab-first');
  if (first && !embedded('lab-given')) {
    answer.value = first.answer;
    curves.value = first.curves;
    experiment.value = first.answer.experiment;
    if (!location.hash && !location.search) openLesson.value = first.lesson;
  }
  void begin(linkHere());
  window.addEventListener('hashchange', () => {
    const linked = linkHere();
    if (linked) void showLinked(linked);
  });
}

/** What `inferscope lab` put into the page. */
interface GivenPage {
  readonly experiment: Experiment;
  readonly files: readonly { readonly name: string; readonly base64: string }[];
}

/** `?lesson=3` opens the third with the controls that it needs alone. */
async function openAskedLesson(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lesson');
  if (asked === null) return;
  try {
    await showLesson(Number(asked));
    document.documentElement.dataset.controls = openLesson.value?.controls.join(' ') ?? '';
  } catch (error) {
    await showLesson(undefined);
    notice.value = (error as Error).message;
  }
}

/** When the first answer has been painted. */
const AFTER_FIRST_MS = 300;

async function begin(linked: Linked | undefined): Promise<void> {
  const given = embedded<GivenPage>('lab-given');
  if (given) experiment.value = given.experiment;
  await startSimulation(async () => {
    for (const { name, base64 } of given?.files ?? []) await openInWorker(name, bytesFromBase64(base64));
    if (linked) await showLinked(linked);
  });
  await openAskedLesson();
  loadRecent();
  document.documentElement.dataset.ready = 'true';
  // Where all of it is here already, nobody need wait for it later.
  if (isOneFile()) setTimeout(() => void warmUp().catch(() => undefined), AFTER_FIRST_MS);
}
