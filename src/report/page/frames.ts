/** Pictures of several checkpoints: a slider shows one of them. */
export function makeFramesMovable(): void {
  for (const frames of document.querySelectorAll('.frames')) {
    const controls = frames.querySelector<HTMLElement>('.controls')!;
    const slider = controls.querySelector('input')!;
    const shown = [...frames.querySelectorAll<HTMLElement>('.frame')];
    controls.hidden = shown.length < 2;
    slider.addEventListener('input', () => {
      shown.forEach((frame, i) => {
        frame.hidden = i !== Number(slider.value);
      });
      controls.querySelector('output')!.textContent = `step ${shown[Number(slider.value)].dataset.step}`;
    });
  }
}
