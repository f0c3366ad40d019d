import { useState } from 'preact/hooks';
import { formatPercent, paperOptionsOf } from 'inferscope/experiments';
import { callWhole } from '../state/lab-simulation.ts';
import { experiment, notice } from '../state/lab-store.ts';
import {
  drawnOn,
  ink,
  isSeen,
  picture,
  seenNow,
  seenVersion,
  showInk,
  showPicture,
} from '../state/pad-ink.ts';
import { useComputed } from '../state/use-asked.ts';
import { resourceText } from '../worker/lab-resource.ts';
import { Camera } from './camera.tsx';
import { Pad } from './pad.tsx';
import { ScoreTable } from './score-table.tsx';
import { TensorMoment } from './tensor-moment.tsx';

async function openPicture(file: File | undefined): Promise<void> {
  try {
    if (file) await showPicture(file, file.name);
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

function PadButtons() {
  const [example, setExample] = useState(-1);
  const showExample = async () => {
    const next = (example + 1) % 10;
    showInk(await callWhole(async (lab) => lab.exampleInk(next, await resourceText('weights.json'))));
    setExample(next);
  };
  return (
    <div class="pad-buttons">
      <button type="button" onClick={() => void showExample()}>
        Example
      </button>
      <button type="button" onClick={() => showInk()}>
        Clear
      </button>
      <label class="file-button">
        Picture...
        <input
          type="file"
          accept="image/*"
          onChange={(event) => void openPicture(event.currentTarget.files?.[0])}
        />
      </label>
      <Camera />
    </div>
  );
}

/** A drawing and what the network says to it as each of the boards computes: float32, int8 and the kmodel's bytes. */
export function Computes() {
  const { model, boards } = experiment.value;
  const isFile = paperOptionsOf(experiment.value) === undefined;
  const { value, error } = useComputed(
    isSeen() ? `${seenVersion.value} ${model} ${boards}` : undefined,
    async (lab) => lab.classify(experiment.value, seenNow(isFile), await resourceText('weights.json')),
  );
  return (
    <section class="card computes" aria-labelledby="computes-title">
      <h2 id="computes-title">What it computes</h2>
      <div class="computes-body">
        <div>
          <div class="pad-row">
            <Pad ink={ink} version={seenVersion.value} onDrawn={drawnOn} />
            <PadButtons />
          </div>
          {picture.value && <p class="key">{picture.value.name}</p>}
          {error !== undefined && <p class="refusal">{error}</p>}
          {value && isSeen() && <ScoreTable result={value} />}
          {value?.accuracy !== undefined && (
            <p class="key">
              This network names {formatPercent(100 * value.accuracy)} of 12,000 test digits right.
            </p>
          )}
        </div>
        <TensorMoment />
      </div>
    </section>
  );
}
