/** Steps and values as they come in: the steps go up, and where they go back, a run was resumed. */
export class Points {
  #steps = new Float64Array(16);
  #values = new Float64Array(16);
  #length = 0;
  /** How often the steps went back, and how many values were dropped by that. */
  restarts = 0;
  dropped = 0;
  /** Values that a later one of the same step replaced. */
  repeated = 0;
  /** Whether they once went back to the first step or before it: as if another run began. */
  beganAgain = false;

  get length(): number {
    return this.#length;
  }

  get steps(): Float64Array {
    return this.#steps.subarray(0, this.#length);
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  /**
   * Adds a value. Where its step is not above those before, a resumed training measures again: what it had measured from there
   * on is replaced.
   */
  add(step: number, value: number): void {
    const last = this.#length === 0 ? Number.NEGATIVE_INFINITY : this.#steps[this.#length - 1];
    if (step === last) {
      this.repeated++;
      this.#values[this.#length - 1] = value;
      return;
    }
    if (step < last) this.#cut(step);
    if (this.#length === this.#steps.length) this.#grow();
    this.#steps[this.#length] = step;
    this.#values[this.#length++] = value;
  }

  #cut(step: number): void {
    let kept = this.#length;
    while (kept > 0 && this.#steps[kept - 1] >= step) kept--;
    this.restarts++;
    this.dropped += this.#length - kept;
    if (kept === 0) this.beganAgain = true;
    this.#length = kept;
  }

  #grow(): void {
    const steps = new Float64Array(2 * this.#length);
    const values = new Float64Array(2 * this.#length);
    steps.set(this.#steps);
    values.set(this.#values);
    this.#steps = steps;
    this.#values = values;
  }
}

/** One logged quantity of a run, over its training steps. */
export interface Curve {
  /** As the log names it. */
  readonly name: string;
  /** The layer it is of; null for the network as a whole. */
  readonly layer: string | null;
  /** What of the layer, or of the network, it is. */
  readonly metric: string;
  readonly points: Pick<Points, 'steps' | 'values'>;
  /** Why values are no numbers, where some are not. */
  readonly gap?: string | null;
}
