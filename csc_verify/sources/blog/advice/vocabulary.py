"""Words of each track's field. No word alone decides anything; see ``subject.py``.

Left out is what people who write about anything use as well ("project", "code of conduct",
"network", "model"), but for words that only count in company.
"""

from __future__ import annotations

from typing import Final

from csc_verify.model import Track

_PROGRAMMING: Final = """
accessibility agile ajax algorithm algorithms api apis array arrays async asynchronous auth
authentication authorization await aws azure backend bash big-o binary boolean bootcamp browser
bug bugs bytecode c++ cache caching callback callbacks ci class-based cli closure closures cloud
code coder coders coding codebase command-line commit commits compiler compilers component
components console constructor cookies cors cpu crud css css3 cursor database databases dataset
debug debugger debugging dependency deploy deployed deploying deployment dev developer developers
development devops django docker dom endpoint endpoints engineer engineering eslint exception
express fetch firebase flask flexbox framework frameworks frontend front-end back-end full-stack
fullstack function functional functions git github gitlab go golang graphql hackathon hash hashmap
heap heroku hook hooks html html5 http https ide immutable inheritance integer interface iteration
java javascript jest jquery js json jsx junior-developer jwt kubernetes lambda laravel library
linked-list linux localhost loop loops macos mern method methods microservice microservices
middleware migration mobile-first module modules mongodb mvc mysql mutable mutex namespace nextjs
next.js nginx node node.js nodejs nosql npm null oauth object-oriented objects oop open-source
operator orm parameter parser parsing pathname php pointer polymorphism postgres postgresql pr
program programmer programmers programming promise promises props pull-request python query
queries queue rails rake react reactjs recursion recursive redis redux refactor refactored
refactoring regex rendering repo repository request responsive rest restful router routes routing
rspec ruby runtime rust scaffold schema scope script scripting scripts scss sdk server servers
serverless setstate sidekiq sinatra software sorting sql sqlite ssh stack state stateful string
strings struct stylesheet svelte swift syntax tailwind tdd terminal test-driven testing thread
threads token tokens tuple typescript types ui unit-test unit-tests unix url usestate useeffect ux
validation variable variables vscode vue web webpack websocket websockets whiteboarding wireframe
xcode yaml
"""
_DATA: Final = """
accuracy analysis analytics anova arima artificial-intelligence auc autocorrelation
backpropagation bayes bayesian bias bigquery boosting bootstrapping boxplot causal chart charts
classification classifier classifiers clean cleaning cluster clustering clusters cnn coefficient
coefficients collinearity confidence-interval confusion-matrix convolutional correlation
covariance cross-validation csv data dataframe dataframes dataset datasets data-driven
data-science data-scientist data-scientists decision-tree deep-learning dimensionality
distribution distributions eda eigenvalue embedding embeddings ensemble entropy epoch epochs
estimator etl excel exploratory feature-engineering features forecast forecasting forest gan
gaussian gpt gradient gradient-descent hadoop heatmap histogram hyperparameter hyperparameters
hypothesis imputation inference jupyter k-means keras kaggle kernel knn labels lasso lda
linear-regression llm llms logistic lstm machine-learning matplotlib matrix mean median metrics ml
model modeling modelling models multicollinearity naive-bayes natural-language nlp neural
normalization notebook notebooks numpy outlier outliers overfitting p-value pandas parameters pca
pipeline plot plots plotly powerbi precision predict prediction predictions predictive predictor
predictors probability python pyspark pytorch quantile query r2 random-forest recall recommender
regression regularization reinforcement residual residuals ridge rmse rnn roc sample sampling
scikit-learn scrape scraped scraping seaborn segmentation sentiment sklearn spark sql statistic
statistical statistics statsmodels supervised svm tableau tensor tensorflow time-series
tokenization train trained training transformer transformers unsupervised variance vector vectors
visualisation visualization visualizations wrangling xgboost
"""
_DESIGN: Final = """
a/b accessibility adobe aesthetic affordance affordances affinity animation animations balsamiq
brand branding button buttons card-sorting case-study color colors colour colours component
components composition contrast css critique dark-mode design designed designer designers
designing designs dribbble empathy feedback figma flow flows font fonts framer gestalt grid grids
heuristic heuristics hierarchy hi-fi html human-centered icon icons iconography ideate ideation
illustration illustrator indesign information-architecture inspiration interaction interactions
interface interfaces interview interviews invision iterate iteration iterations journey kerning
layout layouts leading lo-fi logo logos lofi low-fidelity high-fidelity materials
micro-interactions microcopy minimalism mobile mockup mockups modal moodboard navigation
onboarding palette pattern patterns persona personas photoshop pixel portfolio principle product
prototype prototypes prototyping readability redesign responsive serif sans-serif sketch sketches
sketching skeuomorphism sprint storyboard style-guide styleguide survey surveys system tagline
testing touchpoint typeface typefaces typography ui usability usable user user-centered
user-experience user-flow user-research users ux uxui visual visuals wcag whitespace wireframe
wireframes wireframing
"""

VOCABULARY: Final = {
    Track.SOFTWARE_ENGINEERING: frozenset(_PROGRAMMING.split()),
    Track.DATA_SCIENCE: frozenset((_DATA + _PROGRAMMING).split()),
    Track.DESIGN: frozenset((_DESIGN + _PROGRAMMING).split()),
}
"""In lower case; terms of two words with a hyphen between them."""
