/**
 * The arithmetic of a training step outside the graph, over long float32 vectors in one memory.
 * Two implementations give the same bits: plain JavaScript, which defines them, and WebAssembly SIMD, which is fast.
 */
export interface VectorKernel {
  /** A zeroed vector that the kernel can work on; the length is rounded up to `lane` elements, which stay 0. */
  allocate(length: number): Float32Array;
  /** Σ x² in float64, summed in four interleaved lanes. */
  squaredNorm(x: Float32Array): number;
  /** target + other, element by element, in place. */
  add(target: Float32Array, other: Float32Array): void;
  /** One step of Adam on vectors of equal length, in place. */
  adam(vectors: AdamVectors, coefficients: AdamCoefficients): void;
  /** One step of gradient descent with momentum, in place. */
  momentum(vectors: MomentumVectors, coefficients: MomentumCoefficients): void;
  /** Fills a mask with 0, at the given rate, and 1 / (1 − rate); `seeds` are 16 random words. */
  dropoutMask(mask: Float32Array, rate: number, seeds: Uint32Array): void;
}

/** Vectors come in multiples of this many elements: 64 bytes, a cache line. */
export const lane = 16;

export interface MomentumVectors {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  readonly velocity: Float32Array;
}

export interface AdamVectors {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

/** What both optimizers do to a gradient g and a parameter p before they use them. */
export interface CommonCoefficients {
  /** g is multiplied by this first (gradient clipping). */
  readonly gradientScale: number;
  /** Then g + l2Penalty · p takes its place (L2 regularization). */
  readonly l2Penalty: number;
  /** p is multiplied by this before the update (decoupled weight decay). */
  readonly shrinkage: number;
  /** Length of the update, in Adam with the first moment's bias correction in it. */
  readonly rate: number;
}

export interface MomentumCoefficients extends CommonCoefficients {
  readonly momentum: number;
}

export interface AdamCoefficients extends CommonCoefficients {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 / √(1 − β₂ᵗ), the second moment's bias correction. */
  readonly rootCorrection: number;
}

/**
 * Smaller gradients count as 0. Below it g² would be a denormal number, on which processors are 50 times slower.
 * At 3.5e-18 a gradient moves a weight by less than 1e-12, far below its last digit.
 */
export const tinyGradient = 2 ** -58;

/** Smaller moments become 0, or those of a dead unit would decay into denormal numbers after some 800 steps. */
export const tinyMoment = 2 ** -100;
