/** What a run under way is asked for: nothing; to finish its step and save it; to leave without writing anything more. */
export type StopRequest = 'none' | 'after-step' | 'at-once';

const requests: readonly StopRequest[] = ['none', 'after-step', 'at-once'];

/** A request that crosses threads: the thread that trains computes, and hears no messages or signals meanwhile. */
export type StopWord = Int32Array<SharedArrayBuffer>;

export function createStopWord(): StopWord {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Asks for as much; a request is never taken back, only sharpened. */
export function requestStop(word: StopWord, request: StopRequest): void {
  const wanted = requests.indexOf(request);
  if (wanted > Atomics.load(word, 0)) Atomics.store(word, 0, wanted);
}

export function stopRequestOf(word: StopWord): StopRequest {
  return requests[Atomics.load(word, 0)];
}
