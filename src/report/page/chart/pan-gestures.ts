/**
 * Moving along the axis by pointer: dragging with the shift key held, and wheels or pads that turn sideways; upright ones go on scrolling
 * the page. Calls back with pixels, to the right above 0.
 */
export function panWith(target: HTMLElement, pan: (pixels: number) => void): void {
  let last: number | null = null;
  // Ahead of the frame's own listener, which would draw a selection.
  target.addEventListener(
    'mousedown',
    (event) => {
      if (!event.shiftKey || event.button !== 0) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      last = event.clientX;
      const move = ({ clientX }: MouseEvent): void => {
        pan(clientX - (last as number));
        last = clientX;
      };
      const end = (): void => {
        removeEventListener('mousemove', move);
        removeEventListener('mouseup', end);
      };
      addEventListener('mousemove', move);
      addEventListener('mouseup', end);
    },
    { capture: true },
  );
  target.addEventListener(
    'wheel',
    (event) => {
      const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(across) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      pan(-across);
    },
    { passive: false },
  );
}
