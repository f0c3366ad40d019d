import { EXAMPLE_TITLES } from 'inferscope/experiments';
import { openKept } from '../state/files.ts';
import { ask, callWhole } from '../state/lab-simulation.ts';
import { experiment, notice } from '../state/lab-store.ts';
import { showLesson } from '../state/learner.ts';
import { forgetRecent, recent } from '../state/recent-files.ts';

async function choose(at: number): Promise<void> {
  try {
    const model = await callWhole((lab) => lab.exampleModel(at));
    await showLesson(undefined);
    ask({ ...experiment.value, model });
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

/** Networks to begin with, and files that were opened here before. */
export function Chips() {
  const { model } = experiment.value;
  const isChosen = (name: string) =>
    model.startsWith(name === '' ? 'paper:' : `{"name":${JSON.stringify(name)}`);
  return (
    <div class="chips" role="group" aria-label="Networks">
      <span>Network</span>
      {EXAMPLE_TITLES.map(({ title, name }, at) => (
        <button
          type="button"
          key={title}
          aria-pressed={isChosen(name)}
          onClick={() => isChosen(name) || void choose(at)}
        >
          {title}
        </button>
      ))}
      {recent.value.map((file) => (
        <button
          type="button"
          key={file.name}
          class="own"
          aria-pressed={file.name === model}
          onClick={() => void openKept(file)}
        >
          {file.name}
        </button>
      ))}
      {recent.value.length > 0 && (
        <button type="button" class="forget" onClick={forgetRecent}>
          Forget mine in this browser
        </button>
      )}
    </div>
  );
}
