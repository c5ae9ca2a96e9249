/** Moves focus to a control of the drawn step by its name, opening what it is folded into. */
export function focusControl(name: string): void {
  const element = document.getElementById(name) ?? document.getElementsByName(name)[0];
  for (let at = element?.parentElement; at; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  element?.focus();
  element?.scrollIntoView({ block: 'center' });
}
