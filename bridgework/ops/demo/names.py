"""Invented people: given names, family names, streets and towns to draw from. None of them is anybody."""

from __future__ import annotations

FEMALE = (
    "Abigail Alice Amber Annika Audrey Beatrice Bethany Bridget Camille Cara Cecilia Celeste Claire Colleen Daphne "
    "Delia Denise Edith Eleanor Elise Esther Fiona Frances Gemma Greta Hannah Hazel Heidi Imogen Iris Jana Joanna "
    "Josephine June Kara Kirsten Laurel Leona Lila Lorna Lydia Mabel Maeve Margot Marian Mina Naomi Nell Nora Odette "
    "Olive Opal Paige Pearl Petra Phoebe Priya Renee Rhoda Rosalind Ruth Sabrina Selma Sienna Simone Sylvia Tabitha "
    "Tessa Thea Una Vera Violet Wanda Willa Winona Yasmin Yvette Zelda Zoe"
).split()
MALE = (
    "Abel Alan Albert Anders Archer August Barrett Basil Bennett Boyd Bruce Caleb Calvin Carl Cedric Clark Clement "
    "Curtis Dale Damon Dean Desmond Duncan Edgar Edmund Elliot Emmett Ezra Felix Foster Franklin Gareth Gideon Grant "
    "Griffin Gus Harvey Henry Hugo Ian Ivan Jasper Joel Jonas Julian Karl Keith Kurt Lars Leland Leo Lionel Lloyd Luther "
    "Magnus Marcus Marvin Miles Morris Ned Nolan Oscar Otis Owen Percy Quentin Ralph Reid Roland Ross Rufus Seth Silas "
    "Stuart Theo Tobias Vance Vernon Wade Walter Warren Wesley"
).split()
FAMILY = (
    "Abbott Aldrich Alder Amsel Arden Ashby Atwater Bancroft Barlow Beckett Bellamy Benning Birch Blackwell Bloom "
    "Boswell Bracken Brandt Briggs Brock Calloway Carver Chilton Clayborne Colby Conway Corbin Crane Cross Dalton Darby "
    "Dempsey Denholm Drake Eastman Eldridge Ellery Emerson Fairbanks Farrow Fenwick Fielding Finch Forsythe Gable "
    "Garland Gentry Gilmore Glover Granger Greer Hadley Halloran Harding Hargrove Hartley Hathaway Hawkins Hollis Holt "
    "Ingram Jarvis Keating Kendrick Kimball Kirby Langley Larkin Lindholm Linden Lockhart Lowell Maddox Marlow Mercer "
    "Merrill Milburn Nakata Nash Newell Norwood Okada Oakley Osgood Parrish Pemberton Pham Pike Prescott Quill Quimby "
    "Radcliffe Ramsey Redmond Ridley Rourke Sawyer Selby Sherwood Shin Sinclair Slater Sorensen Stafford Strand Sutton "
    "Tanaka Thatcher Thorne Tran Tuttle Underhill Vaughn Vick Wakefield Walden Weller Whitlock Winslow Wynn Yarrow York"
).split()
SPANISH_FEMALE = (
    "Adriana Alma Beatriz Carmen Cristina Dolores Elvira Esperanza Gloria Graciela Inés Leticia Lourdes Luz Marisol "
    "Mercedes Paloma Pilar Rocío Rosario Soledad Teresa Ximena Yolanda"
).split()
SPANISH_MALE = (
    "Alejandro Andrés Arturo Benito Camilo Diego Emilio Ernesto Esteban Fernando Gonzalo Héctor Ignacio Joaquín Julio "
    "Lorenzo Mateo Octavio Pablo Rafael Ramón Salvador Tomás Vicente"
).split()
SPANISH_FAMILY = (
    "Aguilar Almaraz Arellano Barrera Benítez Calderón Cárdenas Castellano Cisneros Contreras Cordero Escobedo "
    "Espinoza Figueroa Fuentes Galindo Guerrero Ibarra Juárez Lozano Macías Maldonado Medrano Montoya Olvera Palacios "
    "Quintero Robledo Salinas Trujillo Valdivia Zamora"
).split()
STREETS = (
    "Alder Aspen Birch Cedar Cherry Clover Dogwood Elderberry Fern Foxglove Hemlock Hickory Huckleberry Juniper Larch "
    "Laurel Linden Madrone Maple Meadow Oak Orchard Poplar Rose Salal Spruce Sycamore Thistle Willow Yew"
).split()
# Towns of western Oregon with one of their ZIP codes.
TOWNS = {
    "Portland": "97214", "Beaverton": "97005", "Gresham": "97030", "Hillsboro": "97123", "Tigard": "97223",
    "Lake Oswego": "97034", "Milwaukie": "97222", "Oregon City": "97045", "Tualatin": "97062", "West Linn": "97068",
    "Sherwood": "97140", "Wilsonville": "97070", "Canby": "97013", "Happy Valley": "97086", "Troutdale": "97060",
    "Forest Grove": "97116", "Newberg": "97132", "Sandy": "97055", "St. Helens": "97051", "Woodburn": "97071",
}  # fmt: skip
CARRIERS = (
    "Cascadia Dental PPO", "Blue Heron Dental", "Northwest Smiles Plan", "Oregon Health Plan", "Evergreen Dental Choice",
    "No dental insurance",
)  # fmt: skip
MEDICATIONS = (
    "Lisinopril 10 mg", "Metformin 500 mg", "Atorvastatin 20 mg", "Levothyroxine 50 mcg", "Sertraline 50 mg",
    "Warfarin 5 mg", "Apixaban 5 mg", "Alendronate 70 mg weekly", "Albuterol inhaler", "Omeprazole 20 mg",
)  # fmt: skip
ALLERGIES = ("Penicillin", "Latex", "Codeine", "Ibuprofen", "Sulfa drugs", "Amoxicillin")
CONDITIONS = (
    "Type 2 diabetes", "High blood pressure", "Asthma", "Osteoporosis", "Atrial fibrillation", "Depression",
    "Prosthetic heart valve", "Sleep apnea",
)  # fmt: skip
