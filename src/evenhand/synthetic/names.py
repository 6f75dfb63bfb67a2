"""Names of people and organisations, and the ways in which papers get them wrong: seeded, with known truth.

The words are common ones and are put together by lot; nobody is meant.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|") if "|" in text else text.split())


GIVEN = _words(
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica "
    "Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley "
    "Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah "
    "Timothy Stephanie Ronald Rebecca Jason Laura Edward Sharon Jeffrey Cynthia Ryan Kathleen Jacob Amy Gary Angela "
    "Nicholas Shirley Eric Anna Jonathan Brenda Stephen Pamela Larry Emma Justin Nicole Scott Helen Brandon Samantha "
    "Benjamin Katherine Samuel Christine Gregory Debra Alexander Rachel Patrick Carolyn Frank Janet Raymond Maria Jack "
    "Catherine Dennis Heather Jerry Diane Tyler Olivia Aaron Julie Jose Joyce Adam Victoria Nathan Ruth Henry Virginia "
    "Zachary Lauren Douglas Kelly Peter Christina Kyle Joan Noah Evelyn Ethan Judith Jeremy Andrea Christian Hannah "
    "Walter Megan Keith Cheryl Austin Jacqueline Roger Martha Terry Madison Sean Teresa Gerald Gloria Carl Sara Dylan "
    "Janice Harold Ann Jordan Kathryn Jesse Abigail Bryan Sophia Lawrence Frances Arthur Jean Gabriel Alice Bruce Judy "
    "Logan Isabella Billy Julia Joe Grace Alan Amber Juan Denise Elijah Danielle Willie Marilyn Albert Beverly Wayne "
    "Charlotte Randy Natalie Mason Theresa Vincent Diana Liam Brittany Roy Doris Ralph Kayla Bobby Alexis Russell Lori "
    "Carlos Guadalupe Luis Rosa Jesus Carmen Miguel Ana Antonio Juana Francisco Esperanza Alejandro Leticia Pedro Yolanda "
    "Manuel Alicia Ricardo Silvia Fernando Veronica Jorge Adriana Eduardo Gabriela Hector Lorena Raul Beatriz Wei Mei Li "
    "Ming Hui Xiu Jun Yan Hong Thuy Linh Tuan Minh Hoa Lan Duc Huong Priya Anil Sunita Rajesh Deepa Sanjay Kavita Vikram "
    "Fatima Ahmed Layla Omar Yusuf Aisha Hassan Leila Armen Ani Hovik Siranush Olga Dmitri Natasha Sergei Yuki Kenji "
    "Haruko Takeshi Jin Soo Eun Min Kwame Ama Chidi Ngozi Signe Sven Ingrid Lars Maribel Orrin Tavi Maeve Declan Siobhan"
)
SURNAMES = _words(
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson "
    "Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young "
    "Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter "
    "Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers "
    "Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez "
    "Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez "
    "Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons Romero "
    "Jordan Patterson Alexander Hamilton Graham Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera Gibson "
    "Ellis Tran Medina Aguilar Stevens Murray Ford Castro Marshall Owens Harrison Fernandez McDonald Woods Washington "
    "Kennedy Wells Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford Olson Simpson Porter Hunter Gordon Mendez "
    "Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Rose Stone Salazar Fox "
    "Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn "
    "Kelley Spencer Hawkins Arnold Pierce Hansen Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong "
    "Hudson Carroll Lane Riley Andrews Alvarado Ray Delgado Berry Perkins Hoffman Johnston Matthews Pena Richards "
    "Contreras Willis Carpenter Lawrence Sandoval Guerrero George Chapman Rios Estrada Ortega Watkins Greene Nunez Wheeler "
    "Valdez Harper Burke Larson Santiago Maldonado Morrison Franklin Carlson Austin Dominguez Carr Lawson Jacobs OBrien "
    "Lynch Singh Vega Bishop Montgomery Oliver Jensen Harvey Williamson Gilbert Dean Sims Espinoza Howell Li Wong Reid "
    "Hanson Le McCoy Garrett Burton Fuller Wang Weber Welch Rojas Lucas Marquez Fields Park Yang Little Banks Padilla Day "
    "Walsh Bowman Schultz Luna Fowler Mejia Davidson Acosta Brewer May Holland Juarez Newman Pearson Curtis Cortez "
    "Douglas Schneider Joseph Barrett Navarro Figueroa Keller Avila Wade Molina Stanley Hopkins Campos Barnett Bates "
    "Chambers Caldwell Beck Lambert Miranda Byrd Craig Ayala Lowe Frazier Powers Neal Leonard Gregory Carrillo Sutton "
    "Fleming Rhodes Shelton Schwartz Norris Jennings Rios Watts Duran Walters Cohen McDaniel Moran Parks Steele Vaughn "
    "Becker Holt Deleon Barker Terry Hale Leon Hail Benson Haynes Horton Miles Lyons Pham Graves Bush Thornton Wolfe "
    "Warner Cabrera McKinney Mann Zimmerman Dawson Lara Fletcher Page McCarthy Love Robles Cervantes Solis Erickson Reeves "
    "Chang Klein Salinas Fuentes Baldwin Daniel Simon Velasquez Hardy Higgins Aguirre Lin Cummings Chandler Sharp Barber "
    "Bowen Ochoa Dennis Robbins Liu Ramsey Francis Griffith Paul Blair OConnor Cardenas Pacheco Cross Calderon Quinn Moss "
    "Swanson Chan Rivas Khan Rodgers Serrano Fitzgerald Rosales Stevenson Christensen Manning Gill Curry McLaughlin "
    "Harmon McGee Gross Doyle Garner Newton Burgess Reese Walton Blake Trujillo Adkins Brady Goodman Roman Webster Goodwin "
    "Fischer Huang Potter Delacruz Montoya Todd Wu Hines Mullins Castaneda Malone Cannon Tate Mack Sherman Hubbard Hodges "
    "Zhang Guerra Wolf Valencia Saunders Franco Rowe Gallagher Farmer Hammond Hampton Townsend Ingram Wise Gallegos Clarke "
    "Barton Schroeder Maxwell Waters Logan Camacho Strickland Norman Person Colon Parsons Frank Harrington Glover Osborne "
    "Buchanan Casey Floyd Patton Ibarra Ball Tyler Suarez Bowers Orozco Salas Cobb Gibbs Andrade Bauer Conner Moody Escobar "
    "McGuire Lloyd Mueller Hartman French Kramer McBride Pope Lindsey Velazquez Norton McCormick Sparks Flynn Yates Hogan "
    "Marsh Macias Villanueva Zamora Pratt Stokes Owen Ballard Lang Brock Villarreal Charles Drake Barrera Cain Patrick "
    "Pineda Burnett Mercado Santana Shepherd Bautista Ali Shaffer Lamb Trevino McKenzie Hess Beil Olsen Cochran Morton Nash "
    "Wilkins Petersen Briggs Shah Roth Nicholson Holloway Lozano Rangel Flowers Hoover Short Arias Mora Valenzuela Bryan "
    "Meyers Weiss Underwood Bass Greer Summers Houston Carson Morrow Clayton Whitaker Decker Yoder Collier Zuniga Carey "
    "Wilcox Melendez Poole Roberson Larsen Conley Davenport Copeland Massey Lam Huff Rocha Cameron Jefferson Hood Monroe "
    "Anthony Pittman Huynh Randall Singleton Kirk Combs Mathis Christian Skinner Bradford Richard Galvan Wall Boone Kirby"
)
FORE = _words(
    "Ash Brook Chester Dun East Fair Glen Hart Ingle Kings Lang Mar North Oak Pem Quill Rad Stan Thorn "
    "Under Wake York Zel Bram Crom Dray Elm Fal Gris Hol"
)
AFT = _words(
    "ford ley worth bury field mere wick stead combe dale hurst ridge shaw thwaite borough more low ney cott wyn brand holm"
)
PLACES = _words(
    "Sierra Pacific Golden Valley Bay Coastal Mission Redwood Sandhaven Ferncliff Marlow Nettlebed Sonder Shadwell Talon Moorfield "
    "Inland Desert Mountain Harbor Lakeside Riverside Hillcrest Summit Granite Canyon Mesa Alta Vista Oak Cedar Pine Willow "
    "Arroyo Delta Montrose Saltmarsh Vernal Orange Capitol Union Liberty Heritage Pioneer Frontier Western Central Northern "
    "Southern Eastern Metro Premier Advanced Allied United National American Continental Atlantic Meridian Polar Lunar "
    "Solar Aurora Beacon Compass Anchor Keystone Cornerstone Evergreen Silver Copper Iron Crystal Diamond Emerald Falcon "
    "Eagle Heron Condor Bear Wolf Juniper Laurel Magnolia Sequoia Sycamore Poppy Lupine Manzanita Chaparral Tule"
)
SECOND = _words(
    "Crest Loop Vale Point Ridge Creek Springs Park Hill Grove Shore Bridge Gate Rock Field Meadow Lake River Star Stone "
    "Tower Cross Path Way Line Ring Arch Field Brook Haven Cove Glen Forge Mill Orchard Ranch Peak Bend Landing Terrace"
)
TRADES = _words(
    "Claims Services|Insurance Company|Mutual Insurance|Casualty Company|Spine Center|Orthopedic Associates|Surgery Center|"
    "Medical Group|Physical Therapy|Rehabilitation Hospital|Pain Management|Devices|Pharmaceuticals|Imaging|Laboratories|"
    "Utilization Review|Managed Care|Medical Provider Network|Construction|Packing Company|School District|Foods|Logistics|"
    "Staffing|Chiropractic|Acupuncture Clinic|Neurology Associates|Biologics|Instruments|Health System|University Hospital|"
    "Law Offices|Occupational Medicine|Home Health|Therapeutics|Manufacturing|Transport|Hospitality Management|Farms"
)
FORMS = ("Inc.", "LLC", "Corporation", "Co.", "LP", "", "", "")


@dataclass(frozen=True)
class Fuzzed:
    """A name as a paper has it, whose it is (a place in the list of names) and what happened to it."""

    text: str
    truth: int
    how: str


def person(chance: random.Random) -> str:
    """A person's name; one in five surnames is a rare one."""
    given = chance.choice(GIVEN)
    middle = chance.choice(["", "", f"{chance.choice('ABCDEFGHJKLMNPRSTW')}. ", f"{chance.choice(GIVEN)} "])
    rare = chance.random() < 0.2
    last = chance.choice(FORE) + chance.choice(AFT) if rare else chance.choice(SURNAMES)
    if chance.random() < 0.04:
        last = f"{last}-{chance.choice(SURNAMES)}"
    return f"{given} {middle}{last}"


def organisation(chance: random.Random) -> str:
    """An organisation's name."""
    if chance.random() < 0.25:
        head = chance.choice(SURNAMES) + chance.choice(
            ["", f" & {chance.choice(SURNAMES)}", f" {chance.choice(SECOND)}"]
        )
    else:
        head = f"{chance.choice(PLACES)} {chance.choice(SECOND)}"
    return " ".join(f"{head} {chance.choice(TRADES)} {chance.choice(FORMS)}".split())


def names(count: int, *, seed: int = 1) -> list[str]:
    """So many different names, half of people and half of organisations. No two differ by the legal form alone."""
    chance = random.Random(f"names {seed}")  # noqa: S311
    found: dict[str, str] = {}
    while len(found) < count:
        name = person(chance) if len(found) % 2 else organisation(chance)
        key = " ".join(word for word in name.split() if word not in FORMS)
        found.setdefault(key, name)
    return list(found.values())
