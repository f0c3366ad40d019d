import { useRef, useState } from 'preact/hooks';
import { formatMs, formatNumber, formatPercent, PAD_SIDE, type FormScores } from 'inferscope/experiments';
import { callWhole } from '../state/lab-simulation.ts';
import { experiment } from '../state/lab-store.ts';
import { inkOfPicture } from '../state/picture-ink.ts';
import type { Classified } from '../worker/digits.ts';
import { resourceText } from '../worker/lab-resource.ts';
import { Pad } from './pad.tsx';
import { useComputed } from '../state/use-asked.ts';

const SHOWN_CLASSES = 10;

function Scores({ form, result }: { readonly form: FormScores; readonly result: Classified }) {
  const shown = form.scores.slice(0, SHOWN_CLASSES);
  const [low, high] = [Math.min(0, ...shown), Math.max(1e-9, ...shown)];
  const ran = result.timesMs[form.form];
  return (
    <tr>
      <th scope="row">
        {form.form}
        <small>{ran ? `${formatMs(ran.ms)}, ${ran.board}` : '\u00a0'}</small>
      </th>
      <td>
        <div class="scores" aria-hidden="true">
          {shown.map((score, at) => (
            <span
              key={at}
              class={at === form.winner ? 'score winner' : 'score'}
              style={{ height: `${(100 * (score - low)) / (high - low)}%` }}
              title={`${at}: ${formatNumber(score)}`}
            />
          ))}
        </div>
      </td>
      <td class="winner-name" data-form={form.form} data-scores={JSON.stringify(form.scores)}>
        {form.winner}
      </td>
    </tr>
  );
}

function ScoreTable({ result }: { readonly result: Classified }) {
  return (
    <table class="score-table">
      <thead>
        <tr>
          <th scope="col">form</th>
          <th scope="col">scores 0 to 9</th>
          <th scope="col">says</th>
        </tr>
      </thead>
      <tbody>
        {result.forms.map((form) => (
          <Scores key={form.form} form={form} result={result} />
        ))}
      </tbody>
    </table>
  );
}

/** A drawing and what the network says to it as each of the boards computes: float32, int8 and the kmodel's bytes. */
export function Computes() {
  const ink = useRef(new Float32Array(PAD_SIDE * PAD_SIDE)).current;
  const [drawn, setDrawn] = useState(0);
  const [example, setExample] = useState(-1);
  const isEmpty = !ink.some((value) => value > 0);
  const { value, error } = useComputed(
    isEmpty ? undefined : `${drawn} ${experiment.value.model} ${experiment.value.boards}`,
    async (lab) => lab.classify(experiment.value, ink.slice(), await resourceText('weights.json')),
  );
  const showExample = async () => {
    const next = (example + 1) % 10;
    ink.set(await callWhole(async (lab) => lab.exampleInk(next, await resourceText('weights.json'))));
    setExample(next);
    setDrawn(drawn + 1);
  };
  const openPicture = async (file: File | undefined) => {
    if (!file) return;
    ink.set(await inkOfPicture(file));
    setDrawn(drawn + 1);
  };
  return (
    <section class="card computes" aria-labelledby="computes-title">
      <h2 id="computes-title">What it computes</h2>
      <div class="pad-row">
        <Pad ink={ink} onDrawn={() => setDrawn((count) => count + 1)} />
        <div class="pad-buttons">
          <button type="button" onClick={() => void showExample()}>
            Example
          </button>
          <button type="button" onClick={() => (ink.fill(0), setDrawn(drawn + 1))}>
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
        </div>
      </div>
      {error !== undefined && <p class="refusal">{error}</p>}
      {value && !isEmpty ? (
        <ScoreTable result={value} />
      ) : (
        <p class="key">Draw a digit: the real arithmetic of each form of the network names it.</p>
      )}
      {value?.accuracy !== undefined && (
        <p class="key">
          This network names {formatPercent(100 * value.accuracy)} of 12,000 test digits right.
        </p>
      )}
    </section>
  );
}
