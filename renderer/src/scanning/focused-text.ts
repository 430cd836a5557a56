type TextField = HTMLInputElement | HTMLTextAreaElement;

const typingFree = new Set([
	'button',
	'checkbox',
	'color',
	'file',
	'hidden',
	'image',
	'radio',
	'range',
	'reset',
	'submit',
]);

/** The field that a key would type into, if it is one. */
export function textFieldOf(target: EventTarget | null | undefined): TextField | undefined {
	if (target instanceof HTMLTextAreaElement) return target.readOnly || target.disabled ? undefined : target;
	if (!(target instanceof HTMLInputElement)) return undefined;
	return target.readOnly || target.disabled || typingFree.has(target.type) ? undefined : target;
}

/** Remembers a field as it is now. The function that it gives puts the field back, where something changed since. */
export function rememberField(field: TextField): () => void {
	const { value, selectionStart, selectionEnd } = field;
	return () => {
		if (field.value === value || !field.isConnected) return;
		setValue(field, value);
		// Number and e-mail fields have no selection.
		if (selectionStart !== null && selectionEnd !== null) field.setSelectionRange(selectionStart, selectionEnd);
	};
}

/** Types held-back text into whatever has the focus, as the keys would have. */
export function typeIntoFocus(document: Document, text: string): void {
	if (text === '') return;
	const field = textFieldOf(document.activeElement);
	const isEditable = document.activeElement instanceof HTMLElement && document.activeElement.isContentEditable;
	if (field === undefined && !isEditable) return;
	// Deprecated, but the only way that keeps the field's own undo and tells frameworks of it; every browser has it.
	if (document.execCommand('insertText', false, text)) return;
	if (field === undefined) return;
	const [start, end] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
	setValue(field, field.value.slice(0, start) + text + field.value.slice(end));
}

// React watches the instance's own setter, and would overlook a value that is set through it.
function setValue(field: TextField, value: string): void {
	const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
	Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
	field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
