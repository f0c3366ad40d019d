import { formatMs, formatNumber, type FormScores } from 'inferscope/experiments';
import type { Classified } from '../worker/digits.ts';

const SHOWN_CLASSES = 10;

/** Classes whose scores are drawn: all of a few, else the highest. */
function shownClasses({ scores }: FormScores): number[] {
  const all = scores.map((_, at) => at);
  if (scores.length <= SHOWN_CLASSES) return all;
  return all.sort((a, b) => scores[b]! - scores[a]!).slice(0, SHOWN_CLASSES);
}

function titleOf({ forms }: Classified): string {
  const count = forms[0]?.scores.length ?? 0;
  return count <= SHOWN_CLASSES ? `scores 0 to ${count - 1}` : `${SHOWN_CLASSES} highest of ${count} scores`;
}

function Scores({ form, result }: { readonly form: FormScores; readonly result: Classified }) {
  const classes = shownClasses(form);
  const shown = classes.map((at) => form.scores[at]!);
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
              key={classes[at]}
              class={classes[at] === form.winner ? 'score winner' : 'score'}
              style={{ height: `${(100 * (score - low)) / (high - low)}%` }}
              title={`${classes[at]}: ${formatNumber(score)}`}
            />
          ))}
        </div>
      </td>
      <td class="winner-name" data-form={form.form} data-scores={JSON.stringify(form.scores.slice(0, 1000))}>
        {form.winner}
      </td>
    </tr>
  );
}

/** What each form of the network says to what it sees. */
export function ScoreTable({ result }: { readonly result: Classified }) {
  return (
    <table class="score-table">
      <thead>
        <tr>
          <th scope="col">form</th>
          <th scope="col">{titleOf(result)}</th>
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
