/** First match wins; the words stand in the source's category. */
const departmentWords: readonly (readonly [department: string, words: RegExp])[] = [
	['Frozen', /frozen|ice cream/i],
	['Dairy and Eggs', /cheese$|yogurt|butter & spread|cream$|eggs/i],
	['Meat and Fish', /sausages|pepperoni|meats|poultry|bacon|fish & seafood/i],
	['Bakery', /bread|croissant|cakes|pastry|bakery|crusts|dough/i],
	['Biscuits and Crackers', /cookies|biscuits|crackers/i],
	['Sweets and Chocolate', /candy|chocolate|gum|dessert|pudding|gelatin/i],
	['Snacks and Nuts', /snack|popcorn|chips|granola bars/i],
	['Breakfast and Spreads', /cereal|jam|honey|nut & seed|syrups|pancakes/i],
	['Tinned Food and Soups', /canned|soup|tomatoes|chili/i],
	['Sauces and Pickles', /ketchup|sauce|pickles|dips|dressing|condiment|relish|gravy/i],
	['Baking and Spices', /seasoning|baking|sugar|flour|mixes|herbs|oils|extracts/i],
	['Pasta, Rice and Grains', /pasta|rice|grains|noodles|lentil/i],
	['Tea, Coffee and Drinks', /tea bags|coffee|drink|beverage|juice|water|milk/i],
	['Ready Meals and Deli', /deli|dinner|entrees|sandwich|prepared|pizza|meals|cooked/i],
	['Fruit and Vegetables', /fruit|vegetable/i],
];

/** The department for a USDA branded-food category; `Groceries` where none fits. */
export function departmentOf(category: string): string {
	return departmentWords.find(([, words]) => words.test(category))?.[0] ?? 'Groceries';
}

export const departments: readonly string[] = [...departmentWords.map(([department]) => department), 'Groceries'];
