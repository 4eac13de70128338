import type { Random } from '../numerics/random.ts';
import { type Estimate, meanWithError } from './mean-with-error.ts';
import { splitGelmanRubin } from './split-gelman-rubin.ts';
import { assertCount } from './symmetric-operator.ts';

/** A loss, of all examples or of a batch drawn with `random`, and its gradient there; may reuse the gradient's memory. */
export type SampledLoss = (
  parameters: Float64Array,
  random: Random,
) => Promise<{ readonly loss: number; readonly gradient: Float64Array }>;

export interface LearningCoefficientOptions {
  /** nβ: how many times the mean loss counts; n/ln n for n examples (Watanabe's temperature β = 1/ln n). */
  readonly inverseTemperature: number;
  /**
   * ε. A direction of curvature h is sampled too widely by ε·nβ·h/4 as a share, and diverges at 4/(nβ·h); the noise of
   * batches adds to it, and where the chains go the loss may bend more than at the center. `inflation` says how much it was.
   */
  readonly stepSize: number;
  /** γ, the pull back to the center; 100 by default. Directions flatter than γ/nβ count for nothing. */
  readonly localization?: number;
  /** Independent chains; 4 by default. */
  readonly chains?: number;
  /** Steps of each chain that are thrown away; 400 by default. */
  readonly burnIn?: number;
  /** Steps of each chain that count; 600 by default, at least 4. */
  readonly draws?: number;
}

/** The local learning coefficient as far as it was sampled, or why it was not. */
export type LearningCoefficient =
  | {
      readonly determined: true;
      /** λ̂ over the chains, and the standard error from the spread between them. */
      readonly coefficient: Estimate;
      /** λ̂ of each chain. */
      readonly ofChains: readonly number[];
      /** Split R̂ of the loss over the chains: near 1 where they have forgotten where they began; null where no draw moved. */
      readonly gelmanRubin: number | null;
      /**
       * (ε/4) E‖nβ∇L‖² / E[(w − w*)·nβ∇L]: by which share finite steps and the noise of batches widen the chains, and so about λ̂, in
       * the directions in which the loss bends; null where the loss does not hold the chains.
       */
      readonly inflation: number | null;
      /** The loss at every step of each chain, burn-in first. */
      readonly losses: readonly Float64Array[];
      /** What speaks against the number, in words; none where nothing does. */
      readonly warnings: readonly string[];
    }
  | { readonly determined: false; readonly reason: string };

/** Beyond it chains count as not mixed (Gelman et al., *Bayesian data analysis*, §11.4). */
const MIXED = 1.1;
/** An inflation beyond it is larger than what chains leave uncertain. */
const NARROW = 0.1;

/**
 * The local learning coefficient λ̂ at a point w*: how fast the volume of parameters with almost the same loss shrinks with the
 * excess allowed, V(δ) ∼ δ^λ. Half the number of parameters where the Hessian has full rank, less where the loss is flatter: an effective
 * number of parameters that also sees degeneracy of higher order than the Hessian does.
 *
 * λ̂ = nβ (E[L(w)] − L(w*)), the mean over w from exp(−nβ L(w) − γ‖w − w*‖²/2), sampled by stochastic gradient Langevin dynamics:
 * w ← w − ε/2 (nβ ∇L(w) + γ (w − w*)) + √ε · noise.
 *
 * It presupposes that w* is a minimum, and that chains stay near it and have mixed; `warnings` says where they did not. At a finite
 * nβ a point of multiplicity m comes out lower by about (m − 1)/ln nβ.
 *
 * Undetermined where a chain leaves the range of numbers.
 *
 * Source: Lau, Furman, Wang, Murfet & Wei 2023, *The local learning coefficient: a singularity-aware complexity measure*; the sampler:
 * Welling & Teh 2011.
 *
 * @param lossAt L, or an unbiased draw of it.
 * @param center w*, not changed.
 * @param centerLoss L(w*), of all examples.
 * @param rng for batches and noise.
 * @throws RangeError if an option is out of range or a gradient has another length.
 * @example
 * // ½(x² + y⁴) has λ = 1/2 + 1/4
 * const potential = async ([x, y]: Float64Array) => ({
 *   loss: (x ** 2 + y ** 4) / 2,
 *   gradient: Float64Array.of(x, 2 * y ** 3),
 * });
 * const options = { inverseTemperature: 1000, stepSize: 1e-4, localization: 0, draws: 20_000 };
 * const found = await localLearningCoefficient(potential, new Float64Array(2), 0, createRandom(1), options);
 * if (found.determined) console.log(Math.round(10 * found.coefficient.value)); // 8
 */
export async function localLearningCoefficient(
  lossAt: SampledLoss,
  center: Float64Array,
  centerLoss: number,
  rng: Random,
  options: LearningCoefficientOptions,
): Promise<LearningCoefficient> {
  const settings = { ...options, ...filledIn(options) };
  const { inverseTemperature, chains, burnIn, draws } = settings;
  assertOptions(settings);
  const courses: Course[] = [];
  for (let chain = 0; chain < chains; chain++) {
    const course = await runChain(lossAt, center, rng.fork(`chain ${chain}`), settings);
    const broken = course.losses.findIndex((loss) => !Number.isFinite(loss));
    if (broken >= 0) {
      const reason = `chain ${chain + 1} left the range of numbers at step ${broken}; a smaller step size may hold it`;
      return { determined: false, reason };
    }
    courses.push(course);
  }
  const losses = courses.map((course) => course.losses);
  const counted = losses.map((course) => course.subarray(burnIn));
  const ofChains = counted.map(
    (course) => inverseTemperature * (course.reduce((sum, loss) => sum + loss, 0) / draws - centerLoss),
  );
  const coefficient = meanWithError(ofChains);
  const gelmanRubin = splitGelmanRubin(counted);
  const squares = courses.reduce((sum, course) => sum + course.squares, 0);
  const virial = courses.reduce((sum, course) => sum + course.virial, 0);
  const inflation = virial > 0 ? ((settings.stepSize / 4) * squares) / virial : null;
  const warnings: string[] = [];
  if (ofChains.some((value) => value < 0)) {
    warnings.push('the chains find a lower loss than the center’s: it is no minimum');
  }
  if (gelmanRubin !== null && gelmanRubin > MIXED) {
    warnings.push(
      `the chains have not mixed (R̂ ${gelmanRubin.toFixed(2)}): more burn-in and draws are needed`,
    );
  }
  if (inflation !== null && inflation > NARROW) {
    const percent = Math.round(100 * inflation);
    warnings.push(`steps and batches widen the chains by about ${percent} %: a smaller step size is needed`);
  }
  return { determined: true, coefficient, ofChains, gelmanRubin, inflation, losses, warnings };
}

/** What one chain went through; sums over the steps that count. */
interface Course {
  /** At every step; once it is not finite, the rest is not. */
  readonly losses: Float64Array;
  /** Σ ‖nβ∇L‖². */
  readonly squares: number;
  /** Σ (w − w*)·nβ∇L. */
  readonly virial: number;
}

async function runChain(
  lossAt: SampledLoss,
  center: Float64Array,
  rng: Random,
  { inverseTemperature, stepSize, localization, burnIn, draws }: Required<LearningCoefficientOptions>,
): Promise<Course> {
  const [batches, noise] = [rng.fork('batches'), rng.fork('noise')];
  const losses = new Float64Array(burnIn + draws).fill(Number.NaN);
  const at = center.slice();
  const spread = Math.sqrt(stepSize);
  let [squares, virial] = [0, 0];
  for (let step = 0; step < losses.length; step++) {
    const { loss, gradient } = await lossAt(at, batches);
    if (gradient.length !== at.length) {
      throw new RangeError(`a gradient has ${gradient.length} elements; allowed: ${at.length}`);
    }
    losses[step] = loss;
    if (!Number.isFinite(loss)) break;
    const counts = step >= burnIn;
    for (let i = 0; i < at.length; i++) {
      const slope = inverseTemperature * gradient[i];
      const away = at[i] - center[i];
      if (counts) {
        squares += slope * slope;
        virial += away * slope;
      }
      at[i] += spread * noise.normal() - (stepSize / 2) * (slope + localization * away);
    }
  }
  return { losses, squares, virial };
}

function filledIn({ localization = 100, chains = 4, burnIn = 400, draws = 600 }: LearningCoefficientOptions) {
  return { localization, chains, burnIn, draws };
}

function assertOptions({
  inverseTemperature,
  stepSize,
  localization,
  chains,
  burnIn,
  draws,
}: Required<LearningCoefficientOptions>): void {
  for (const [name, value] of Object.entries({ inverseTemperature, stepSize })) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${name} is ${value}; allowed: above 0, finite`);
    }
  }
  if (!(localization >= 0 && localization < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`localization is ${localization}; allowed: 0 or above, finite`);
  }
  if (!(Number.isInteger(burnIn) && burnIn >= 0)) {
    throw new RangeError(`burnIn is ${burnIn}; allowed: a whole number from 0 on`);
  }
  if (!(Number.isInteger(draws) && draws >= 4)) {
    throw new RangeError(`draws is ${draws}; allowed: a whole number from 4 on`);
  }
  assertCount('chains', chains);
}
