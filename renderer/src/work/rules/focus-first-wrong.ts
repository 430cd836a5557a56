/** Once what is wrong has been drawn, the first field of a form that is wrong gets the focus, wherever it was scrolled to. */
export function focusFirstWrong(form: HTMLFormElement): void {
	requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
